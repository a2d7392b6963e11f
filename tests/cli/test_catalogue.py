"""`remedies catalogue`: lint, format and diff, on small catalogues of one's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import a_fact, a_remedy, a_rule, one_remedy, run, small_catalogue

from remedies.knowledge.catalogue import FILES

if TYPE_CHECKING:
    from click.testing import Result

    from remedies import Catalogue

ASTHMA = {"condition": "asthma"}
FACTS = (a_fact("asthma"),)


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(folder: str, catalogue: Catalogue) -> str:
    """Write the three files of a catalogue into a folder; return the name of the first."""
    Path(folder).mkdir()
    for name, content in zip(FILES, catalogue._contents, strict=True):
        (Path(folder) / name).write_bytes(content)
    return f"{folder}/{FILES[0]}"


def broken(name: str, key: str, value: object) -> None:
    """Change one key of the first rule of the first remedy."""
    document = json.loads(Path(name).read_text("utf-8"))
    document["remedies"][0]["rules"][0][key] = value
    Path(name).write_text(json.dumps(document), "utf-8")


def outcome(result: Result) -> tuple[int, str, str]:
    return result.exit_code, result.stdout, result.stderr


# lint


def test_lint_counts_what_it_read_and_tells_which_dimensions_are_left_out() -> None:
    name = written("own", one_remedy([a_rule("asthma", ASTHMA)], FACTS))

    told = (
        "own/remedies.json: no faults. 1 remedy with 1 rule of its own, 2 facts, 2 sources; version 2026.11.22.\n"
        "Not a dimension of this catalogue, so that nothing is derived where labels are silent on it: "
        "age, first-trimester, second-trimester, third-trimester, breastfeeding, broken-skin, "
        "asthma, heart-disease, liver-disease, kidney-disease.\n"
    )
    assert outcome(run("catalogue", "lint", name)) == (0, told, "")


def test_lint_names_the_place_of_a_fault() -> None:
    name = written("own", one_remedy([a_rule("asthma", ASTHMA)], FACTS))
    broken(name, "when", {"condition": "astma"})

    where = "remedies[0].rules[0].when.condition"
    told = f"Error: {where}: no fact of the topic conditions is called 'astma'. Did you mean asthma?\n"
    assert outcome(run("catalogue", "lint", name)) == (2, "", told)


# format


UNTIDY = (
    '{"facts": [{"topic": "skin", "id": "burn", "is_a": [], "examples": null, "label": "a burn", "question": "?"}]}'
)
TIDY = """\
{
  "facts": [
    {
      "id": "burn",
      "topic": "skin",
      "label": "a burn",
      "question": "?",
      "is_a": []
    }
  ]
}
"""


def test_format_writes_the_one_layout_and_leaves_it_alone_from_then_on() -> None:
    Path("facts.json").write_text(UNTIDY, "utf-8")

    first, second = (outcome(run("catalogue", "format", "facts.json")) for _ in range(2))

    assert first == (0, "", "Written: facts.json\n")
    assert second == (0, "facts.json: laid out as it should be.\n", "")
    assert Path("facts.json").read_text("utf-8") == TIDY


def test_format_check_writes_nothing_and_exits_with_one_where_the_layout_is_another() -> None:
    Path("facts.json").write_text(UNTIDY, "utf-8")
    Path("tidy.json").write_text(TIDY, "utf-8")

    assert outcome(run("catalogue", "format", "--check", "facts.json")) == (
        1,
        "",
        "facts.json: laid out otherwise; run “remedies catalogue format” on it.\n",
    )
    assert Path("facts.json").read_text("utf-8") == UNTIDY
    assert outcome(run("catalogue", "format", "--check", "tidy.json")) == (
        0,
        "tidy.json: laid out as it should be.\n",
        "",
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("facts", ", line 1, column 1: is not JSON: cannot be read from 'facts' on"),
        ("", ": is empty; JSON was expected"),
        ('{"facts": [1, 2,]}', ", line 1, column 17: is not JSON: a comma too many before “]”"),
        ('{"facts": [], "facts": []}', None),
        ('{"weight": NaN}', ": holds NaN, which is not a JSON number"),
    ],
)
@pytest.mark.parametrize("check", [(), ("--check",)], ids=["write", "check"])
def test_format_refuses_what_is_no_json_and_leaves_it_as_it_is(
    content: str, message: str | None, check: tuple[str, ...]
) -> None:
    Path("facts.json").write_text(content, "utf-8")
    told = "facts: stands more than once in the same object" if message is None else f"facts.json{message}"

    assert outcome(run("catalogue", "format", *check, "facts.json")) == (2, "", f"Error: {told}\n")
    assert Path("facts.json").read_text("utf-8") == content


def test_format_refuses_what_is_no_file() -> None:
    Path("folder").mkdir()

    assert run("catalogue", "format", "no.json").stderr == "Error: no.json: cannot be read: no such file or directory\n"
    assert run("catalogue", "format", "folder").stderr == "Error: folder: is a directory; give a catalogue file\n"


# diff


@pytest.fixture
def two() -> tuple[str, str]:
    """Write a catalogue in which asthma excludes, and one in which a doctor is asked."""
    old, new = (one_remedy([a_rule("asthma", ASTHMA, effect)], FACTS) for effect in ("exclude", "ask-doctor"))
    return written("old", old), written("new", new)


def test_diff_tells_what_changed_and_for_whom(two: tuple[str, str]) -> None:
    assert outcome(run("catalogue", "diff", *two)) == (0, DIFFERENCE, "")


DIFFERENCE = """\
1 rule changed; verdicts change for 1 situation in 1 remedy.

For whom the verdict changes
Remedy    Verdict                For whom
--------  ---------------------  ----------
gel       excluded → ask-doctor  asthma

Rules
- gel/asthma: exclude → ask-doctor
"""


def test_diff_of_a_catalogue_with_itself_finds_nothing(two: tuple[str, str]) -> None:
    assert outcome(run("catalogue", "diff", two[0], two[0])) == (0, "Nothing changed.\n", "")


def test_diff_in_markdown_and_json_tells_the_same(two: tuple[str, str]) -> None:
    markdown = run("catalogue", "diff", *two, "--format", "markdown").stdout
    document = json.loads(run("catalogue", "diff", *two, "--format", "json").stdout)

    assert "| gel | excluded → ask-doctor | asthma |\n" in markdown
    assert [{key: one[key] for key in ("remedy", "before", "after", "situations")} for one in document["verdicts"]] == [
        {"remedy": "gel", "before": "excluded", "after": "ask-doctor", "situations": ["asthma"]}
    ]


@pytest.mark.parametrize("place", [0, 1], ids=["old", "new"])
def test_diff_names_the_file_in_a_fault(two: tuple[str, str], place: int) -> None:
    broken(two[place], "effect", "exlude")

    assert outcome(run("catalogue", "diff", *two)) == (
        2,
        "",
        (
            f"Error: {two[place]}.remedies[0].rules[0].effect: "
            "must be one of 'ask-pharmacist', 'ask-doctor' or 'exclude', not 'exlude'\n"
        ),
    )


def test_diff_names_a_file_that_cannot_be_read_once(two: tuple[str, str]) -> None:
    Path("broken.json").write_text("{", "utf-8")

    assert run("catalogue", "diff", two[0], "no.json").stderr == (
        "Error: no.json: cannot be read: no such file or directory\n"
    )
    assert run("catalogue", "diff", "broken.json", two[1]).stderr == (
        "Error: broken.json, line 1, column 2: is not JSON: ends too early\n"
    )


# CSV


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)"]


@pytest.mark.parametrize("name", FORMULAS)
def test_a_cell_of_a_table_is_never_a_formula(name: str) -> None:
    rules = [a_rule("asthma", ASTHMA, because=f"{name} is why.")]
    facts = [a_fact("substance", "allergies"), *FACTS]
    gel = a_remedy("gel", rules) | {"name": name, "aliases": [f"{name} gel"]}
    own = written("own", small_catalogue(facts, [gel]))

    listed = run("--catalogue", own, "list", "--format", "csv").stdout.splitlines()
    checked = run("--catalogue", own, "check", "--has", "asthma", "--format", "csv").stdout.splitlines()

    assert listed == ["Id,Name,What it is,Also called", f"gel,'{name},a gel,'{name} gel"]
    assert checked[1].startswith(f"gel,'{name},excluded,excluded,gel/asthma,'{name} is why.,")
