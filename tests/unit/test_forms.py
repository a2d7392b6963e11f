"""The grammatical forms of Russian words, as they are written into a catalogue."""

import builtins
import json
from pathlib import Path
from typing import Any

import pytest
from support import a_fact, run

from remedies import RemediesError
from remedies.knowledge.forms import forms_of, with_forms

ASTHMA = {"астма", "астмы", "астме", "астму", "астмой", "астмою", "астмам", "астмами", "астмах", "астм"}
MELOXICAM = {"мелоксикам", "мелоксикама", "мелоксикаму", "мелоксикамом", "мелоксикаме"}


def written(forms: dict[str, str], whole: str) -> set[str]:
    """Return every form of a word, from its stem and endings."""
    stem, _, endings = forms[whole].partition(": ")
    return {stem + ending.strip("-") for ending in endings.split(" ")}


def test_a_noun_is_declined_in_both_numbers() -> None:
    assert written(forms_of(["Астма", "asthma"]), "астма") == ASTHMA


def test_an_adjective_keeps_to_itself_and_takes_no_superlative() -> None:
    found = written(forms_of(["бронхиальная"]), "бронхиальный")
    assert {"бронхиальной", "бронхиальную", "бронхиальных"} <= found
    assert all(form.startswith("бронхиальн") for form in found)


def test_a_name_that_no_dictionary_has_is_declined_by_its_ending() -> None:
    assert written(forms_of(["мелоксикам"]), "мелоксикам") >= MELOXICAM
    assert "вольтаренгеля" not in forms_of(["вольтарензо"])


def test_a_form_of_a_name_is_no_name_of_its_own() -> None:
    found = forms_of(["таблетки мелоксикама", "мелоксикам"])
    assert "мелоксикама" not in found
    assert written(found, "мелоксикам") >= MELOXICAM


@pytest.mark.parametrize("name", ["аспирина форте", "нейромидзай", "верошпиронма"])
def test_every_form_belongs_to_one_base_form_only(name: str) -> None:
    found = forms_of([name, "аспирин", "астма"])
    every = [form for whole in found for form in written(found, whole)]
    assert len(every) == len(set(every))


def test_words_without_a_common_beginning_and_words_that_do_not_change_are_left_out() -> None:
    assert forms_of(["дети и ребёнок", "болею", "в", "asthma"]).keys() <= {"болею", "ребенок", "дети"}
    assert not any(line.startswith(":") for line in forms_of(["дети", "ребёнок"]).values())


def test_forms_are_made_of_facts_and_of_what_is_named_beside_them() -> None:
    fact = a_fact("asthma", synonyms={"ru": ["астма"]})
    document: dict[str, Any] = {"facts": [fact], "words": [{"topic": "medicines", "ru": ["мелоксикам"]}]}
    found = with_forms(document)
    assert {"астма", "мелоксикам"} <= found["forms"].keys()
    assert found["facts"] == document["facts"]


def test_without_the_extra_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *more: Any) -> Any:
        if name == "pymorphy3":
            raise ImportError(name)
        return real(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(RemediesError) as refused:
        forms_of(["астма"])
    assert str(refused.value) == "the forms of words need pymorphy3: pip install 'remedies[forms]'"


def test_the_command_writes_the_forms_once_and_then_finds_them_up_to_date(tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps({"facts": [a_fact("asthma", synonyms={"ru": ["астма"]})]}), "utf-8")

    looked = run("catalogue", "forms", str(file), "--check")
    wrote = run("catalogue", "forms", str(file))
    again = run("catalogue", "forms", str(file))

    assert (looked.exit_code, looked.stderr) == (
        1,
        f"{file}: the forms are not up to date; run “remedies catalogue forms” on it.\n",
    )
    assert wrote.exit_code == 0
    assert written(json.loads(file.read_text("utf-8"))["forms"], "астма") == ASTHMA
    assert again.stdout == f"{file}: the forms are up to date.\n"


@pytest.mark.parametrize("content", ["[]", "{}"])
def test_what_is_no_file_of_facts_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "facts.json"
    file.write_text(content, "utf-8")
    result = run("catalogue", "forms", str(file))
    assert (result.exit_code, result.stderr) == (2, f"Error: {file}: is no file of facts\n")
