"""What the shells offer: remedies, words, sexes, days; what is offered is one word of the shell and is understood."""

from __future__ import annotations

import os
import pty
import select
import shutil
import sys
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click
import pytest
from click.shell_completion import CompletionItem, get_completion_class
from support import run

from remedies import Catalogue
from remedies.checking.understood import read_word
from remedies.cli import main
from remedies.cli.completion import complete_word
from remedies.cli.shells import register
from remedies.cli.words import TOPIC_OPTIONS
from remedies.knowledge.offers import MOST_OFFERS, offered_anything, offered_remedies, offered_words
from remedies.knowledge.topics import TOPICS, Topic

if TYPE_CHECKING:
    from pathlib import Path

CATALOGUE = Catalogue.shipped()
SHELLS = ("bash", "zsh", "fish", "powershell")


def offered(*words: str, program: str = "bash") -> list[str]:
    """Ask, as a shell does, how the last of some words goes on; give the offers without what the shell adds."""
    if program == "powershell":
        line = {"COMP_WORDS": "\n".join(("remedies", *words[:-1])), "COMP_WORD": words[-1]}
    elif program == "fish":
        line = {"COMP_WORDS": " ".join(("remedies", *words)), "COMP_CWORD": words[-1]}
    else:
        glue = {"bash": "\n", "zsh": " "}[program]
        line = {"COMP_WORDS": glue.join(("remedies", *words)), "COMP_CWORD": str(len(words))}
    result = run(env={"_REMEDIES_COMPLETE": f"{program}_complete", **line})
    assert (result.exit_code, result.stderr) == (0, "")
    return list(filter(None, result.stdout.splitlines()))


def bash(*words: str) -> list[str]:
    """Give the offers of bash, with the backslashes that keep each one word."""
    return [line.partition(",")[2] for line in offered(*words)]


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        (("ch",), ["check"]),
        (("catalogue", "l"), ["lint"]),
        (("check", "--fo"), ["--format"]),
        (("check", "--format", ""), ["table", "json", "jsonl", "markdown", "csv"]),
        (("schema", "pa"), ["patient"]),
        (("check", "--has"), ["--has", "--has-not"]),
        (("show", "fast"), ["fastum-gel"]),
        (("show", "ф"), ["фастум", "финалгон"]),
        (("show", "Фас"), ["Фастум"]),
        (("show", "Doctor M"), ["Doctor\\ Mom"]),
        (("plan", "NI"), ["NIcotinic-acid", "NIse-gel"]),
        (("check", "--remedy", "dolo"), ["dolobene"]),
        (("ask", "--remedy", "xyzzy"), []),
        (("check", "--sex", ""), ["female", "male"]),
        (("check", "--sex", "ж"), ["женский"]),
        (
            ("check", "--pregnancy", ""),
            ["no", "possible", "yes", *(f"{one}\\ trimester" for one in ("1st", "2nd", "3rd"))],
        ),
        (("check", "--pregnancy", "воз"), ["возможно"]),
        (("check", "--start", "to"), ["today", "tomorrow"]),
        (("check", "--start", "за"), ["завтра"]),
        (("check", "--as-of", str(date.today() + timedelta(days=6))), [str(date.today() + timedelta(days=6))]),
        (("check", "--sign", "fev"), ["fever"]),
        (("check", "--has", "heart\\ fai"), ["heart\\ failure"]),
        (("check", "--has", '"heart fai'), ["heart failure"]),
        (("check", "--has", "=", "asth"), ["asthma"]),
        (("check", "--not"), ["--not-breastfeeding", "--nothing-else"]),
        (("check", "--patient", "me"), ["me"]),
    ],
    ids=" ".join,
)
def test_a_word_that_was_begun_goes_on(words: tuple[str, ...], completed: list[str]) -> None:
    assert bash(*words)[: len(completed) or 1] == completed


@pytest.mark.parametrize(
    ("option", "begun", "among"),
    [
        ("--has", "ast", "asthma"),
        ("--has", "аст", "астма"),
        ("--has-not", "diab", "diabetes"),
        ("--taking", "war", "warfarin"),
        ("--taking", "элик", "эликвис"),
        ("--taking", "Eliq", "Eliquis"),
        ("--allergy", "asp", "aspirin"),
        ("--skin", "ecz", "eczema"),
        ("--circumstance", "sunb", "sunbathing"),
    ],
)
def test_words_are_offered_in_either_alphabet_the_likeliest_among_the_first(
    option: str, begun: str, among: str
) -> None:
    assert any(offer.startswith(among[:6]) for offer in bash("check", option, begun)[:5])


def test_before_anything_is_typed_the_facts_of_the_topic_are_offered() -> None:
    signs = [entry.label for entry in CATALOGUE.vocabulary.entries if entry.topic == "signs"]
    assert [offer.name for offer in offered_words(CATALOGUE.vocabulary, "signs", "")] == signs
    assert len(offered_words(CATALOGUE.vocabulary, "allergies", "")) == MOST_OFFERS


LETTERS = ["a", "he", "can", "no", "in", "по", "а", "бол", "не", "ру", "is ", "co", "me", "w", "ж", "Ё", "1"]


@pytest.mark.parametrize("begun", LETTERS)
@pytest.mark.parametrize("topic", TOPICS)
def test_what_is_offered_is_understood_as_it_stands_and_begins_as_typed(topic: Topic, begun: str) -> None:
    offers = offered_words(CATALOGUE.vocabulary, topic, begun)

    assert len(offers) <= MOST_OFFERS
    for offer in offers:
        assert read_word(offer.name, topic, CATALOGUE.vocabulary).kind not in {"unclear", "doubt", "denial", "family"}
        assert offer.name.startswith(begun)


@pytest.mark.parametrize("begun", ["", "f", "d", "ф", "Ф", "кам", "doctor ", "Cao", "K", "н"])
def test_every_remedy_offered_is_found_under_what_is_offered(begun: str) -> None:
    offers = offered_remedies(CATALOGUE.rulebook, begun)

    assert offers
    for offer in offers:
        assert CATALOGUE.rulebook.remedy(offer.name).name == offer.label


def test_a_plain_word_is_offered_remedies_and_words_of_every_topic() -> None:
    names = [offer.name for offer in offered_anything(CATALOGUE.rulebook, "di")]
    assert names[:2] == ["diclofenac-gel", "diclovit"]
    assert len(names) == len(set(names)) == MOST_OFFERS
    assert "diabetes" in names

    with click.Context(main) as ctx:
        assert [item.value for item in complete_word(ctx, click.Argument(["words"]), "di")] == names


# Shells


@pytest.mark.parametrize("shell", [*SHELLS, "pwsh"])
def test_a_script_is_printed_for_each_shell(shell: str) -> None:
    result = run(env={"_REMEDIES_COMPLETE": f"{shell}_source"})
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"_REMEDIES_COMPLETE={shell}_complete" in result.stdout or "powershell_complete" in result.stdout


def test_the_script_for_powershell_registers_a_native_completer_and_puts_the_environment_back() -> None:
    script = run(env={"_REMEDIES_COMPLETE": "powershell_source"}).stdout
    assert script.startswith("Register-ArgumentCompleter -Native -CommandName remedies -ScriptBlock {\n")
    assert "param($wordToComplete, $commandAst, $cursorPosition)" in script
    assert "$env:_REMEDIES_COMPLETE = 'powershell_complete'" in script
    assert "[System.Management.Automation.CompletionResult]::new($insert, $shown, $kind, $help)" in script
    assert "Remove-Item -ErrorAction Ignore Env:PYTHONUTF8, Env:COMP_WORDS, Env:COMP_WORD" in script
    assert script.count("{") == script.count("}")


def test_powershell_is_told_what_to_insert_what_to_show_and_why() -> None:
    assert offered("show", "fast", program="powershell") == ["ParameterValue\tfastum-gel\tfastum-gel\tFastum gel"]
    assert offered("check", "--has", "'heart fai", program="powershell")[0] == (
        "ParameterValue\t'heart failure'\theart failure\theart failure"
    )
    assert offered("check", "--patient", "me", program="powershell") == []


def test_a_quote_within_a_name_is_doubled_for_powershell() -> None:
    register()
    shell = get_completion_class("powershell")
    assert shell is not None
    item = CompletionItem("crohn's disease")
    written = shell(main, {}, "remedies", "_REMEDIES_COMPLETE").format_completion(item)
    assert written.split("\t")[1] == "'crohn''s disease'"


@pytest.mark.parametrize("shell", ["zsh", "fish", "powershell"])
def test_an_option_joined_to_its_value_stays_with_what_is_offered(shell: str) -> None:
    assert any("--has=asthma" in line for line in offered("check", "--has=asth", program=shell))


def test_fish_is_offered_no_name_with_a_comma() -> None:
    lines = offered("check", "--skin", "dam", program="fish")
    assert lines
    assert all(line.count(",") == 1 for line in lines)


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    "words",
    [
        *(("chek", "--se"), ("check", "--nosuch", "x"), ("check", "--age", "1", "--age", "2", "--se"), ("show", "\\")),
        *(
            ("check", "--has", "\x1b[2J"),
            ("check", "--days", "x", "--has", "xyzzy"),
            ("help", "chek", "x"),
            ("show", "["),
        ),
        *(
            ("catalogue", "nosuch", "x"),
            ("check", "–age", "x"),
            ("check", "--", "--age"),
            ("check", "--has", "a" * 5000),
        ),
    ],
    ids=lambda words: " ".join(words)[:20].replace("\x1b", "ESC"),
)
def test_a_line_that_makes_no_sense_gets_no_message_and_no_traceback(shell: str, words: tuple[str, ...]) -> None:
    assert "Traceback" not in "".join(offered(*words, program=shell))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "words"),
    [
        *((content, ("show", "fa")) for content in (None, "", "{", "{}")),
        *(("{", words) for words in (("check", "--has", "as"), ("list", "--for", "as"))),
    ],
)
@pytest.mark.parametrize("shell", SHELLS)
def test_a_catalogue_that_cannot_be_read_offers_nothing_and_says_nothing(
    tmp_path: Path, content: str | None, words: tuple[str, ...], shell: str
) -> None:
    own = tmp_path / "own.json"
    if content is not None:
        own.write_text(content, encoding="utf-8")

    line = {
        "COMP_WORDS": {"bash": "\n", "powershell": "\n"}.get(shell, " ").join(("remedies", *words)),
        "COMP_CWORD": words[-1] if shell == "fish" else str(len(words)),
        "COMP_WORD": words[-1],
    }
    result = run(env={"_REMEDIES_COMPLETE": f"{shell}_complete", "REMEDIES_CATALOGUE": str(own), **line})

    assert (result.exit_code, result.stdout.strip(), result.stderr) == (0, "", "")


def test_every_option_that_takes_a_word_offers_some() -> None:
    for option in TOPIC_OPTIONS:
        assert bash("check", option.flag, "")


SHELL = {"bash": ["bash", "--norc", "-i"], "zsh": ["zsh", "-f", "-i"], "fish": ["fish", "--no-config", "-i"]}
LOADING = {
    "bash": 'eval "$(_REMEDIES_COMPLETE=bash_source remedies)"',
    "zsh": 'autoload -U compinit; compinit -u; eval "$(_REMEDIES_COMPLETE=zsh_source remedies)"',
    "fish": "_REMEDIES_COMPLETE=fish_source remedies | source",
}
"""How each shell is started and how its completion is loaded."""


class Typed:
    """A real shell on a pseudo-terminal with the completion loaded."""

    def __init__(self, shell: str, folder: Path) -> None:
        """Start it and load the completion."""
        program = folder / "remedies"
        program.write_text(f'#!/bin/sh\nexec {sys.executable} -P -m remedies "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        self._pid, self._end = pty.fork()
        if self._pid == 0:  # pragma: no cover - the child is another program
            env = os.environ | {"TERM": "dumb", "LC_ALL": "C.UTF-8", "PATH": f"{folder}:{os.environ['PATH']}"}
            os.execvpe(SHELL[shell][0], SHELL[shell], env)  # noqa: S606 - the shell itself is tested
        self.type(f'{LOADING[shell]}; echo REA""DY\n', "READY")

    def type(self, text: str, until: str) -> str:
        """Type, and read what is shown until something is."""
        os.write(self._end, text.encode())
        shown, latest = "", time.monotonic() + 30
        while until not in shown and time.monotonic() < latest:
            if select.select([self._end], [], [], 0.5)[0]:
                # A shell rings and steps back while it writes.
                shown += os.read(self._end, 65536).decode(errors="replace").translate({7: None, 8: None})
        return shown

    def close(self) -> None:
        """End it."""
        os.close(self._end)
        os.waitpid(self._pid, 0)


@pytest.mark.slow
@pytest.mark.parametrize("shell", [shell for shell in SHELL if shutil.which(shell)])
def test_a_real_shell_completes_remedies_and_words_with_blanks(shell: str, tmp_path: Path) -> None:
    typed = Typed(shell, tmp_path)
    try:
        for begun, end in (
            ("remedies show фаст\t", "фастум"),
            ("remedies check --has heart\\ failu\t", "heart\\ failure"),
            ('remedies check --has "heart failu\t', '"heart failure'),
            ("remedies check --sex fem\t", "female"),
        ):
            assert end in typed.type(begun, end)
            typed.type("\x15", "")
    finally:
        typed.close()
