"""docs/words.md is true: each example is read as it says, its fixed words are read, its Python prints what it says."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from remedies import Patient, read_sentence
from remedies.checking.asking_back import Why

TEXT = (Path(__file__).parents[2] / "docs" / "words.md").read_text(encoding="utf-8")
EXAMPLES = [
    (words, understood)
    for block in re.findall(r"```words\n(.*?)```", TEXT, flags=re.DOTALL)
    for words, understood in re.findall(r"^(\S.*)\n  (.*)$", block, flags=re.MULTILINE)
]


@pytest.mark.parametrize(("words", "understood"), EXAMPLES, ids=[words for words, _ in EXAMPLES])
def test_an_example_is_understood_as_the_page_says(words: str, understood: str) -> None:
    parts = re.fullmatch(r"(\{.*\})(?: → (.*?))?(?: \? (.*))?", understood)
    assert parts is not None
    patient, remedies, asked = parts.groups()

    found = read_sentence(words)

    assert found.patient == Patient.model_validate(json.loads(patient))
    assert list(found.remedies) == (remedies or "").split()
    assert ", ".join(one.words for one in found.asked_back) == (asked or "")


def test_there_are_ten_examples_in_each_language() -> None:
    russian = [words for words, _ in EXAMPLES if re.search("[а-я]", words)]

    assert (len(EXAMPLES), len(russian)) == (20, 10)


@pytest.mark.parametrize("row", re.findall(r"^\| (`.*?) \| `(\w+)`", TEXT, flags=re.MULTILINE))
def test_what_the_page_says_is_asked_back_is_asked_back_for_that_reason(row: tuple[str, str]) -> None:
    typed, why = row

    for words in re.findall(r"`(.*?)`", typed):
        assert [one.why for one in read_sentence(words).asked_back] == [why], words


def test_every_reason_to_ask_back_is_explained() -> None:
    assert set(re.findall(r"^\| `.*? \| `(\w+)`", TEXT, flags=re.MULTILINE)) == set(get_args(Why))


def test_the_python_of_the_page_prints_what_its_comments_say(capsys: pytest.CaptureFixture[str]) -> None:
    example = re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL)[0]

    exec(compile(example, "words.md", "exec"), {})  # noqa: S102 - the example is our own file

    assert re.findall(r"^print\(.*\)  # (.*)$", example, flags=re.MULTILINE) == capsys.readouterr().out.splitlines()


def test_the_page_stays_short() -> None:
    assert len(TEXT.splitlines()) < 200
