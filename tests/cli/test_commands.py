"""The commands beside check, ask and plan: list, show, terms, schema, lint, version, help, modules."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from support import run

import remedies
from remedies import Catalogue, Patient, check
from remedies.cli import main

DATA = Path(remedies.__file__).parents[1] / "data"
DISCLAIMER = "Not medical advice: read the leaflet in the pack and ask a pharmacist."
IDS = [
    "fastum-gel",
    "finalgon",
    "dolobene",
    "camphor-oil",
    "zvezdochka",
    "viprosal-v",
    "doctor-mom",
    "zhivokost",
    "turpentine-oil",
    "turpentine-ointment",
    "capsicam",
    "formic-alcohol",
    "nicotinic-acid",
    "apizartron",
    "diclofenac-gel",
    "chondroxide",
    "diclovit",
    "betanicomylon",
    "ketorol-gel",
    "ibuprofen-gel",
    "nise-gel",
]
COMMANDS = [
    (),
    ("list",),
    ("show",),
    ("check",),
    ("screen",),
    ("ask",),
    ("plan",),
    ("terms",),
    ("catalogue",),
    ("catalogue", "lint"),
    ("catalogue", "format"),
    ("catalogue", "diff"),
    ("catalogue", "forms"),
    ("schema",),
    ("help",),
]


def printed(*words: str, width: int = 80) -> str:
    result = run(*words, env={"COLUMNS": str(width)})
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def flat(text: str) -> str:
    return " ".join(text.split())


# list


def test_list_shows_all_remedies_in_catalogue_order() -> None:
    lines = printed("list", width=120).splitlines()
    assert lines[0].split() == ["Id", "Name", "What", "it", "is"]
    assert [line.split()[0] for line in lines[2:] if line[:1].strip()] == IDS


def test_list_as_csv_has_the_aliases_as_well() -> None:
    rows = list(csv.reader(io.StringIO(printed("list", "--format", "csv"))))
    assert rows[0] == ["Id", "Name", "What it is", "Also called"]
    assert [row[0] for row in rows[1:]] == IDS
    dolobene = rows[1 + IDS.index("dolobene")]
    assert dolobene[1] == "Dolobene gel"
    assert "Долобене" in dolobene[3].split(", ")


def test_list_as_json_has_id_name_form_codes_and_aliases() -> None:
    found = json.loads(printed("list", "--format", "json"))
    assert [entry["id"] for entry in found] == IDS
    assert all(list(entry) == ["id", "name", "what", "form", "atc", "aliases"] for entry in found)


def test_list_as_markdown_is_a_table() -> None:
    lines = printed("list", "--format", "markdown").splitlines()
    assert lines[:2] == ["| Id | Name | What it is |", "| --- | --- | --- |"]
    assert [line.split("|")[1].strip() for line in lines[2:]] == IDS


# show


@pytest.mark.parametrize("remedy", IDS)
def test_show_in_detail_gives_every_remedy_a_page_that_ends_with_the_disclaimer(remedy: str) -> None:
    text = printed("show", remedy, "--details")
    lines = text.splitlines()
    catalogue = Catalogue.shipped()
    found = catalogue.find(remedy)
    assert lines[0] == found.name
    assert {"How to use", "Sources"} <= set(lines)
    assert f"Read against its sources on {found.reviewed}; catalogue {catalogue.version}." in flat(text)
    assert "Not yet reviewed by a pharmacist." in flat(text)
    assert lines[-1] == DISCLAIMER


def test_show_in_detail_says_by_subject_who_must_not_use_it_and_who_should_ask() -> None:
    text = printed("show", "dolobene", "--details")
    assert "Illnesses      Must not be used: asthma, heart disease" in text
    assert "Ask a pharmacist first: propylene glycol" in text
    assert "heparin 500 IU/g" in flat(text)


def test_show_says_so_where_no_label_gives_a_dose() -> None:
    assert "No label gives a dose: ask a doctor or pharmacist." in printed("show", "betanicomylon")


@pytest.mark.parametrize("name", ["Долобене", "долобене-гель", "Dolobene Gel", "DOLOBENE"])
def test_show_takes_names_and_aliases_of_either_alphabet(name: str) -> None:
    assert printed("show", name) == printed("show", "dolobene")


def test_show_as_json_lists_every_rule_with_its_sources() -> None:
    record: dict[str, Any] = json.loads(printed("show", "dolobene", "--format", "json"))
    assert record["id"] == "dolobene"
    assert [rule["rule"] for rule in record["rules"]] == [rule.key for rule in Catalogue.shipped().rules["dolobene"]]
    for rule in record["rules"]:
        assert {citation.partition(": ")[0] for citation in rule["sources"]} <= record["sources"].keys()
    assert record["sources"]["article"]["grade"] == "article"


def test_show_as_markdown_has_headings() -> None:
    lines = printed("show", "dolobene", "--details", "--format", "markdown").splitlines()
    assert lines[0] == "## Dolobene gel"
    assert "## How to use" in lines
    assert lines[-1] == DISCLAIMER


# terms


def test_terms_says_what_a_word_means() -> None:
    lines = printed("terms", "астма").splitlines()
    assert lines[:2] == ["'астма' as an illness: fact", "It means: asthma (asthma)."]
    assert "- ICD-10 proves: J45, J46, J82.83" in lines


def test_terms_says_that_a_narrower_word_does_not_deny_the_whole() -> None:
    assert printed("terms", "J45.0").splitlines()[:3] == [
        "'J45.0' as an illness: fact",
        "It means: asthma (asthma).",
        "Not having it does not rule the whole out: the word is narrower.",
    ]


def test_terms_tells_what_a_code_proves_from_what_it_only_prompts() -> None:
    text = printed("terms", "K74", width=200)
    assert text.splitlines()[:3] == [
        "'K74' as an illness: fact",
        "It means: liver disease (liver-disease).",
        (
            "It is a reason to ask about: severe liver disease (severe-liver-disease), "
            "an autoimmune disease (autoimmune-disease)."
        ),
    ]
    only = printed("terms", "D68", width=200).splitlines()
    assert only[:2] == ["'D68' as an illness: fact", "It proves nothing by itself."]
    assert only[2].startswith("It is a reason to ask about: ")


@pytest.mark.parametrize("code", ["J45.0", "K74", "D68", "L30", "195967001"])
def test_terms_names_a_code_in_the_list_where_it_belongs_and_only_there(code: str) -> None:
    found = json.loads(printed("terms", code, "--format", "json"))
    assert [entry["given_as"] for entry in found] == ["skin" if code == "L30" else "conditions"]


def test_terms_lists_every_topic_in_which_a_word_means_something() -> None:
    found = json.loads(printed("terms", "aspirin", "--format", "json"))
    assert [(entry["given_as"], entry["kind"], entry["means"]) for entry in found] == [
        ("allergies", "fact", ["aspirin"]),
        ("medicines", "fact", ["nsaids-systemic"]),
    ]
    assert [entry["denies"] for entry in found] == [["aspirin"], []]
    assert [[fact["fact"] for fact in entry["facts"]] for entry in found] == [
        ["aspirin"],
        ["nsaids-systemic", "antiplatelets"],
    ]
    assert list(found[0]) == [
        *("word", "given_as", "kind", "means", "prompts", "denies", "closes", "mixed_up_with", "suggestions", "facts"),
    ]


def test_terms_takes_several_words_as_one_term() -> None:
    assert printed("terms", "heart", "disease") == printed("terms", "heart disease")


def test_terms_reads_an_atc_code() -> None:
    lines = printed("terms", "B01AA03").splitlines()
    assert lines[:2] == [
        "'B01AA03' as a medicine: fact",
        "It means: warfarin-type tablets (vitamin-k-antagonists).",
    ]
    assert "'B01AA03' as an allergy: known" in lines


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("astmma", ["Did you mean asthma?"]),
        ("астмма", ["Did you mean астма?"]),
        ("fcnvvf", ["Did you mean астма?"]),
        ("xyzzy", []),
    ],
)
def test_terms_says_that_a_word_is_not_understood_and_suggests_words_of_either_alphabet_and_keyboard(
    word: str, message: list[str]
) -> None:
    result = run("terms", word)
    assert (result.exit_code, result.stderr) == (2, "")
    assert result.stdout.splitlines() == [
        f"'{word}' as an illness: unclear",
        "Not understood. It is kept, and its list cannot be closed until it is set aside",
        "(--other).",
        *message,
    ]


def test_terms_exits_with_2_for_what_is_not_understood_in_every_format() -> None:
    for format_ in ("table", "json", "markdown"):
        result = run("terms", "xyzzy", "--format", format_)
        assert (result.exit_code, result.stderr) == (2, "")
    (entry,) = json.loads(run("terms", "астмма", "--format", "json").stdout)
    assert (entry["kind"], entry["suggestions"], entry["facts"]) == ("unclear", ["астма"], [])


def test_terms_reads_a_word_from_the_other_keyboard() -> None:
    assert printed("terms", "fcnvf").splitlines()[1:] == printed("terms", "астма").splitlines()[1:]


@pytest.mark.parametrize(
    ("word", "place"),
    [
        *(("pregnancy", "pregnancy"), ("беременность", "pregnancy"), ("27 weeks pregnant", "pregnancy")),
        *(("breastfeeding", "breastfeeding"), ("кормлю грудью", "breastfeeding")),
    ],
)
def test_terms_says_where_pregnancy_and_breastfeeding_are_given(word: str, place: str) -> None:
    assert printed("terms", word).splitlines() == [f"'{word}' under {place}: fact", f"It means: {place} ({place})."]


KNOWN = "A real thing that no rule looks at: it is accepted, and proves nothing."
DOUBT = "Said in doubt, or not known: it proves nothing, and is asked."


@pytest.mark.parametrize(
    ("word", "lines"),
    [
        ("gout", ["'gout' as an illness: known", KNOWN]),
        ("asthma?", ["'asthma?' as an illness: doubt", DOUBT, "It is a reason to ask about: asthma (asthma)."]),
        ("don't know", ['"don\'t know" as an illness: doubt', DOUBT]),
        ("нет астмы", ["'нет астмы' as an illness: denial", "A denial. It rules out: asthma (asthma)."]),
        (
            "no J45.0",
            [
                "'no J45.0' as an illness: denial",
                "A denial that rules nothing out: it is narrower than any fact here.",
            ],
        ),
        ("no pregnancy", ["'no pregnancy' under pregnancy: denial", "A denial. It rules out: pregnancy (pregnancy)."]),
        ("none", ["'none' as an illness: denial", "A denial: no other illness."]),
        ("no medicines", ["'no medicines' as a medicine: denial", "A denial: no other medicine."]),
        ("nka", ["'nka' as an allergy: denial", "A denial: no other allergy."]),
        ("nkda", ["'nkda' as an allergy: denial", "A denial: no other allergy to medicines."]),
        (
            "mother had asthma",
            ["'mother had asthma' as an illness: family", "Said of the family: it says nothing of the person."],
        ),
    ],
)
def test_terms_explains_every_outcome(word: str, lines: list[str]) -> None:
    assert printed("terms", word).splitlines()[: len(lines)] == lines


def test_terms_as_markdown_has_a_heading_for_every_list() -> None:
    lines = printed("terms", "aspirin", "--format", "markdown").splitlines()
    headings = ["## 'aspirin' as an allergy: fact", "## 'aspirin' as a medicine: fact"]
    assert [line for line in lines if line.startswith("#")] == headings


# Did you mean, for commands and remedies


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("chek",), "there is no command 'chek'; write “remedies check”."),
        (("lst",), "there is no command 'lst'; write “remedies list”."),
        (("catalogue", "lnt"), "there is no command 'lnt'; write “remedies catalogue lint”."),
        (("catalogue", "xyzzy"), "there is no command 'xyzzy'; “remedies catalogue --help” lists them."),
        (("xyzzy",), "there is no command 'xyzzy'; “remedies --help” lists them."),
        (("проверка",), "there is no command 'проверка'; write “remedies check”."),
    ],
)
def test_an_unknown_command_is_met_with_the_nearest_one(words: tuple[str, ...], message: str) -> None:
    result = run(*words)
    path = " ".join(("remedies", *words[:-1]))
    usage = f"Usage: {path} [OPTIONS] COMMAND [ARGS]...\nTry '{path} --help' for help.\n\n"
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"{usage}Error: {message}\n"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("dolobne", "no remedy is called 'dolobne'. Did you mean dolobene?"),
        ("долобинэ", "no remedy is called 'долобинэ'. Did you mean долобене?"),
        ("xyzzy", "no remedy is called 'xyzzy'. “remedies list” shows all of them."),
    ],
)
@pytest.mark.parametrize("command", [("show",), ("plan",), ("check", "--remedy"), ("ask", "--remedy")], ids=" ".join)
def test_an_unknown_remedy_is_met_with_the_nearest_names(command: tuple[str, ...], name: str, message: str) -> None:
    result = run(*command, name)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"Error: {message}\n")


# schema


@pytest.mark.parametrize(
    "name", ["patient", "report", "plan", "refusal", "state", "screen", "catalogue", "facts", "sources"]
)
def test_schema_prints_a_json_schema_of_an_object_without_further_keys(name: str) -> None:
    found = json.loads(printed("schema", name))
    assert found["type"] == "object"
    assert found["additionalProperties"] is False
    assert found["description"]


def test_the_schemas_name_the_keys_that_documents_have() -> None:
    def keys(name: str) -> set[str]:
        return set(json.loads(printed("schema", name))["properties"])

    assert keys("patient") == set(Patient.model_fields)
    assert keys("report") == set(json.loads(check(Patient()).model_dump_json()))
    assert keys("catalogue") == set(json.loads((DATA / "remedies.json").read_text(encoding="utf-8")))
    assert keys("facts") == {"facts", "gates", "words", "known_prompts", "mix_ups", "forms"}
    assert keys("facts") == set(json.loads((DATA / "facts.json").read_text(encoding="utf-8")))
    assert keys("sources") == {"sources"}


def test_an_unknown_schema_is_met_with_the_known_ones() -> None:
    result = run("schema", "pacient")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith(
        "'pacient' is not one of 'patient', 'report', 'plan', 'refusal', 'state', 'screen', 'screening', 'cds-card', "
        "'guidance', 'medication-request', 'catalogue', 'facts', 'sources', 'reviews'.\n"
    )


# catalogue lint


def test_lint_finds_no_fault_in_the_shipped_catalogue_and_counts_what_it_read() -> None:
    catalogue = Catalogue.shipped()
    rules = sum(len(remedy.rules) for remedy in catalogue.remedies)
    assert printed("catalogue", "lint", str(DATA / "remedies.json")) == (
        f"{DATA / 'remedies.json'}: no faults. 21 remedies with {rules} rules of their own, "
        f"{len(catalogue.facts)} facts, {len(catalogue.sources)} sources; version {catalogue.version}.\n"
    )


def test_lint_takes_facts_and_sources_from_the_package_where_none_lie_beside(tmp_path: Path) -> None:
    shutil.copy(DATA / "remedies.json", tmp_path)
    assert "no faults" in printed("catalogue", "lint", str(tmp_path / "remedies.json"))


def test_lint_reads_the_facts_and_sources_beside_the_file(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
    (tmp_path / "sources.json").write_text('{"sources": {}}', encoding="utf-8")
    result = run("catalogue", "lint", str(tmp_path / "remedies.json"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: common.max_days.sources[0]: no source is called 'article'." in result.stderr.splitlines()


def test_lint_lists_every_fault_with_its_path(tmp_path: Path) -> None:
    document = json.loads((DATA / "remedies.json").read_text(encoding="utf-8"))
    first, second, third = document["remedies"][:3]
    first["rules"][1]["sources"] = []
    first["rules"][2]["effect"] = "exlude"
    first["rulez"] = []
    second["rules"][0]["sources"][0] = "articel: general"
    third["rules"][0]["when"] = {"condition": "astma"}
    file = tmp_path / "remedies.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    result = run("catalogue", "lint", str(file))
    unknown = "no fact of the topic conditions is called 'astma'. Did you mean asthma?"
    assert (result.exit_code, result.stdout) == (2, "")
    assert sorted(result.stderr.splitlines()) == [
        "Error: remedies[0].rules[1].sources: needs at least 1",
        "Error: remedies[0].rules[2].effect: must be one of 'ask-pharmacist', 'ask-doctor' or 'exclude', not 'exlude'",
        "Error: remedies[0].rulez: is not a key that belongs here",
        "Error: remedies[1].rules[0].sources[0]: no source is called 'articel'. Did you mean article?",
        f"Error: remedies[2].rules[0].when.condition: {unknown}",
    ]


# version, help, completion


def test_the_version_is_that_of_program_and_catalogue() -> None:
    catalogue = Catalogue.shipped()
    line = f"remedies {remedies.__version__}, catalogue {catalogue.version} ({catalogue.sha256[:12]})\n"
    assert printed("--version") == line


def test_the_version_speaks_of_the_chosen_catalogue(tmp_path: Path) -> None:
    document = json.loads((DATA / "remedies.json").read_text(encoding="utf-8"))
    document["version"] = "2031.5.4"
    file = tmp_path / "remedies.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    by_option = printed("--catalogue", str(file), "--version")
    assert by_option.startswith(f"remedies {remedies.__version__}, catalogue 2031.5.4 (")
    assert run("--version", env={"REMEDIES_CATALOGUE": str(file)}).stdout == by_option


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words) or "remedies")
def test_every_command_explains_itself(command: tuple[str, ...], flag: str) -> None:
    text = printed(*command, flag)
    assert text.startswith(f"Usage: {' '.join(('remedies', *command))} ")
    assert max(map(len, text.splitlines())) <= 80


def test_every_command_is_named_in_the_help_with_what_it_does() -> None:
    text = printed("--help")
    listed = dict(line.split(maxsplit=1) for line in text.partition("Commands:\n")[2].partition("\n\n")[0].splitlines())
    assert list(listed) == main.list_commands(click.Context(main))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words) or "remedies")
def test_every_option_of_every_command_is_explained(command: tuple[str, ...]) -> None:
    found: Any = main
    for word in command:
        found = found.get_command(click.Context(found), word)
    assert found.help
    assert all(parameter.help for parameter in found.params if parameter.param_type_name == "option")


def test_without_a_command_the_help_is_shown() -> None:
    result = run()
    assert result.exit_code == 2
    assert result.output == printed("--help")


# As a module


@pytest.mark.slow
@pytest.mark.parametrize("module", ["remedies", "remedies.cli"])
def test_the_program_can_be_run_as_a_module(module: str) -> None:
    words = ("check", "--age", "34", "--sex", "male", "--has", "asthma", "--remedy", "dolobene", "--exit-code")
    env = {key: value for key, value in os.environ.items() if key not in {"REMEDIES_CATALOGUE", "NO_COLOR"}}
    env |= {"COLUMNS": "80", "PYTHONUTF8": "1"}

    done = subprocess.run(
        [sys.executable, "-m", module, *words], env=env, check=False, capture_output=True, encoding="utf-8"
    )

    assert (done.returncode, done.stderr) == (12, "")
    assert done.stdout == run(*words).stdout


@pytest.mark.slow
@pytest.mark.parametrize("module", ["remedies", "remedies.cli"])
def test_a_module_calls_itself_by_the_name_of_the_command(module: str) -> None:
    words = [sys.executable, "-m", module, "check", "--nosuch"]

    done = subprocess.run(words, check=False, capture_output=True, encoding="utf-8")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "Usage: remedies check [OPTIONS] [WORDS]...\nTry 'remedies check --help' for help.\n\n"
        "Error: No such option '--nosuch'.\n"
    )


# Width


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
@pytest.mark.parametrize(
    "words",
    [("list",), ("show", "dolobene"), ("show", "fastum-gel"), ("show", "betanicomylon"), ("terms", "aspirin")],
    ids=" ".join,
)
def test_no_line_is_longer_than_the_terminal_is_wide(words: tuple[str, ...], width: int) -> None:
    assert max(len(line) for line in printed(*words, width=width).splitlines() if "://" not in line) <= width


@pytest.mark.parametrize("remedy", IDS)
def test_every_page_fits_a_narrow_and_a_usual_terminal(remedy: str) -> None:
    for width in (40, 80):
        shown = printed("show", remedy, "--details", width=width).splitlines()
        assert max(len(line) for line in shown if "://" not in line) <= width
        assert all(line.count("://") == 1 for line in shown if "://" in line)


def test_output_that_is_no_terminal_has_no_escape_codes() -> None:
    for words in (("list",), ("show", "dolobene"), ("terms", "aspirin"), ("--help",), ("check", "--help")):
        assert "\x1b" not in printed(*words)


def test_show_in_detail_gives_every_rule_as_a_sentence_with_its_name_and_sources() -> None:
    text = " ".join(printed("show", "dolobene", "--details").split())
    assert "People with asthma must not use it. [dolobene/asthma, own; article (general)" in text
    assert "[article] Pain after back massage: causes, contraindications to the procedure." in text
    assert "Veronika Herba beauty and health centre, RU, article. no link" in text
