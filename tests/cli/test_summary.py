"""``remedies check`` answers on one screen: who, what was understood, a line per verdict, the next questions."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner, Result

from remedies import Catalogue
from remedies.cli import main

DAY = "2026-11-22"
DISCLAIMER = "Not medical advice: read the leaflet in the pack and ask a pharmacist."


def run(words: str, *options: str, width: int = 80) -> Result:
    """Check a person who is given as on a command line."""
    return CliRunner(env={"COLUMNS": str(width)}).invoke(main, ["check", *words.split(), "--as-of", DAY, *options])


def rows(words: str, *options: str, width: int = 80) -> list[str]:
    result = run(words, *options, width=width)
    assert result.exit_code == 0, result.output
    return result.output.splitlines()


def flowing(words: str, *options: str) -> str:
    return " ".join(" ".join(rows(words, *options)).split())


KINDS = (
    "",
    "man 34, nothing else",
    "man 34, asthma, aspirin",
    "fever, man 30, nothing else",
    "man 30, loss of bladder control",
    "boy 11",
    "boy 11, nothing else",
    "child 3 years, nothing else",
    "woman 30, pregnant 27 weeks",
    "woman 30, pregnant 27 weeks, nothing else",
    "woman 30, breastfeeding, nothing else",
    "woman 62, hypertension, takes Eliquis, ibuprofen tablets",
    "woman 62, hypertension, takes Eliquis, ibuprofen tablets, nothing else",
    "ж 62 гипертония Эликвис больше ничего",
    "woman 70, high blood pressure, diabetes, takes Concor, enalapril, metformin, nothing else",
    "man 60, heart failure, takes digoxin, warfarin, nothing else",
    "woman 35, allergic to penicillin, aspirin and perfume, nothing else",
    "woman 35, eczema there, nothing else",
    "man 45, warfarin, varicose veins",
    "man 70, qwertz, no asthma diabetes, none",
    "man 50, taking fastum gel, nothing else",
    "woman 62, dolobene, liver disease",
    "girl 16, acne there, finalgon",
    "man 34, finalgon, fastum gel, nothing else",
)


@pytest.mark.parametrize("words", KINDS)
@pytest.mark.parametrize(("width", "most"), [(80, 23), (40, 40)])
def test_an_answer_fits_one_screen_with_room_for_the_prompt(words: str, width: int, most: int) -> None:
    printed = rows(words, width=width)

    assert len(printed) <= most
    assert max(map(len, printed)) <= width


@pytest.mark.parametrize("words", [words for words in KINDS if not re.search("dolobene|finalgon|bladder", words)])
@pytest.mark.parametrize("width", [40, 80])
def test_every_remedy_stands_once_under_its_verdict_and_no_name_is_broken(words: str, width: int) -> None:
    printed = rows(words, width=width)
    verdicts = [row for row in printed if re.match(r"(May|Ask|Cannot|Must) .*\(\d+\)|  \S", row)]

    for remedy in Catalogue.shipped().remedies:
        short = remedy.short or remedy.name
        assert sum(len(re.findall(rf"(?:^|, |: |  ){re.escape(short)}(?:,|$)", row)) for row in verdicts) == 1, short


@pytest.mark.parametrize("words", [words for words in KINDS if not re.search("dolobene|finalgon|bladder", words)])
def test_the_counts_of_the_verdicts_add_up_to_all_remedies(words: str) -> None:
    assert sum(map(int, re.findall(r"^[MAC][a-z ,]+\((\d+)\):", run(words).output, flags=re.MULTILINE))) == 21


def test_the_answer_of_the_counter_in_full() -> None:
    assert rows("woman 62, hypertension, takes Eliquis, ibuprofen tablets, nothing else") == [
        "Understood: woman, 62; hypertension (high blood pressure); Eliquis (blood",
        "  thinners); ibuprofen tablets (anti-inflammatory tablets or injections).",
        "Taken as “no”: 65 illnesses, 13 skin problems, 96 allergies, 26 medicines, 5",
        "  circumstances, 13 warning signs (fever, worsening neck pain, strong pain on",
        "  day 3, painkillers fail, swelling or redness, limited movement, weak limbs,",
        "  numb limbs, bruises elsewhere, belly pain, unbearable headache, groin or",
        "  tailbone pain, lost bladder or bowel control).",
        "",
        "Ask a pharmacist first (2): Camphor, Zvezdochka",
        "Ask a doctor first (8): Fastum gel, Zhivokost, Turpentine ointment,",
        "  Nicotinic rub, Apizartron, Betanicomylon, Ketorol gel, Nise gel",
        "Cannot be said yet (8): Finalgon, Dolobene, Viprosal, Doctor MOM,",
        "  Turpentine oil, Capsicam, Formic alcohol, Chondroxide",
        "Must not be used (3): Diclofenac gel, Diclovit, Ibuprofen gel",
        "",
        "To settle more, add the answer:",
        "- Illnesses: heart disease, a stroke or poor blood flow to the brain or 4 more?",
        "  Name them, then “no other illnesses”.",
        "",
        "Reasons: --why, or remedies why NAME. How to use it: remedies plan NAME.",
        f"5 days from {DAY}; catalogue {Catalogue.shipped().version}, not yet reviewed by a pharmacist.",
        DISCLAIMER,
    ]


def test_a_named_remedy_is_answered_with_the_reason() -> None:
    assert rows("woman 62, dolobene, liver disease")[2] == (
        "Dolobene gel: must not be used. People with liver disease must not use it."
    )


def test_a_sign_stands_alone_first_and_last_and_an_urgent_one_names_no_remedy() -> None:
    printed = rows("man 30, loss of bladder control, dolobene")

    assert printed[0] == printed[-1] == "See a doctor now, before any remedy: loss of bladder or bowel control."
    assert "Dolobene" not in "".join(printed)


def test_a_sign_that_is_not_urgent_is_followed_by_the_verdicts_and_offers_no_plan() -> None:
    printed = rows("fever, man 30, nothing else")

    assert printed[0] == printed[-1] == "See a doctor soon, before any remedy: fever above 37 °C."
    assert "There is no plan while a warning sign stands." in "\n".join(printed)
    assert "remedies plan" not in "\n".join(printed)


def test_no_more_signs_are_named_than_were_taken_as_no() -> None:
    printed = flowing("fever, man 30, nothing else")

    assert "12 warning signs (worsening neck pain, " in printed


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("man 34, aspirin", "Not clear: 'aspirin'. Say “takes aspirin” or “allergic to aspirin”."),
        ("man 34, none", "Not clear: 'none'. Say “nothing else”, or of what: “no illnesses”, “no medicines”."),
        (
            "man 34, no asthma diabetes",
            "Not clear: 'no asthma diabetes'. Put commas between what is so, what is not, and what others have.",
        ),
        (
            "man 34, astmma",
            "Not understood: 'astmma'. It rules nothing out. Did you mean asthma? To set it aside: --other 'astmma'.",
        ),
        (
            "man 34, кеторол",
            "Not clear: 'кеторол'. Say “takes кеторол” or “allergic to кеторол” or 'Ketorol gel'.",
        ),
    ],
)
def test_what_is_not_clear_is_asked_back_with_the_words_that_would_be(words: str, answer: str) -> None:
    assert answer in flowing(words)


def test_a_word_that_was_set_aside_keeps_nothing_open() -> None:
    assert "(19)" in flowing("man 34, xyzzy, nothing else", "--other", "xyzzy")
    assert "(19)" not in flowing("man 34, xyzzy, nothing else")


@pytest.mark.parametrize(
    ("asked", "answers"),
    [
        ("man 34, asthma, takes insulin, nothing else, fastum gel", ("yes", "no")),
        ("man 50, taking fastum gel, nothing else", ("yes", "no")),
    ],
)
def test_the_words_that_answer_a_question_about_one_thing_are_read_as_its_answer(
    asked: str, answers: tuple[str, str]
) -> None:
    offered = re.findall(r"“([^”]+)”", flowing(asked).partition("add the answer")[2])

    assert len(offered) == len(answers)
    for words in offered:
        again = flowing(f"{asked}, {words}")
        assert "To settle more" not in again
        assert "Not understood" not in again


def test_a_question_about_a_pregnancy_asks_only_for_what_is_missing() -> None:
    printed = flowing("woman 30, pregnant 27 weeks, nothing else")

    assert "- 27 weeks and how many days? 0 to 6. Such as “27 weeks 3 days pregnant”." in printed
    assert "Is the person pregnant" not in printed


def test_two_remedies_in_one_check_are_judged_as_a_pair() -> None:
    assert (
        "Fastum gel with Finalgon ointment: not on the same skin. "
        "Fastum gel: It must not share a patch of skin with any other product."
    ) in flowing("man 34, finalgon, fastum gel, nothing else")


def test_a_remedy_that_is_in_use_counts_against_the_others() -> None:
    printed = flowing("man 50, taking fastum gel, nothing else")

    assert "In use: Fastum gel. One product at a time on one area: keep the others off it." in printed


def test_reasons_come_with_why_and_the_other_formats_are_as_they_were() -> None:
    assert "People with asthma must not use it." in flowing("man 34, asthma, nothing else", "--why")
    assert run("man 34, asthma", "--format", "json").output.startswith("{")
    assert run("man 34, asthma", "--format", "markdown").output.startswith("Understood: asthma.")


def test_words_and_options_say_the_same() -> None:
    words = run("man 34, asthma, takes warfarin, nothing else", "--format", "csv").output
    options = ("--age", "34", "--sex", "male", "--has", "asthma", "--taking", "warfarin", "--nothing-else")

    assert words == run("", *options, "--format", "csv").output


def test_strict_refuses_each_word_that_is_not_clear_once() -> None:
    result = run("man 34, qwertz, aspirin", "--strict")

    assert result.exit_code == 2
    assert result.output == (
        "Error: 'aspirin?' was not understood, or may be several things\n"
        "Error: 'qwertz' was not understood, or may be several things\n"
    )


def test_what_words_and_options_both_say_is_refused() -> None:
    result = run("man 34", "--age", "34", "--sex", "male")

    assert result.exit_code == 2
    assert result.output == (
        "Error: --age: was said among the words as well; say it once\n"
        "Error: --sex: was said among the words as well; say it once\n"
    )


def _on_a_terminal(rows_: int, *words: str) -> bytes:
    """Run the program on a terminal of so many rows, with a pager that marks what it shows."""
    leader, follower = pty.openpty()
    environment = {
        **os.environ,
        "COLUMNS": "80",
        "LINES": str(rows_),
        "PAGER": "sed s/^/PAGED/",
        "TERM": "xterm",
        "NO_COLOR": "1",
    }
    command = [sys.executable, "-m", "remedies", "check", *words]
    with subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env=environment) as process:
        os.close(follower)
        shown = b""
        try:
            while chunk := os.read(leader, 4096):
                shown += chunk
        except OSError:
            pass
        process.wait()
    os.close(leader)
    return shown


@pytest.mark.slow
def test_a_pager_shows_what_a_terminal_has_no_room_for() -> None:
    assert b"PAGEDAsk a doctor first" in _on_a_terminal(24, "man", "34", "--why")


@pytest.mark.slow
def test_no_pager_stands_between_a_person_and_an_answer_that_fits() -> None:
    shown = _on_a_terminal(24, "man", "34", "nothing", "else")

    assert b"Understood: man, 34." in shown
    assert b"PAGED" not in shown
