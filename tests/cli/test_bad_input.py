"""Bad input: exit code 2, one clear message, nothing on standard output, and never a traceback."""

import json
import os
import pty
import re
import subprocess
import sys
import unicodedata
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from support import run

import remedies

DATA = Path(remedies.__file__).parents[1] / "data"
PROGRAM = [sys.executable, "-P", "-m", "remedies"]
AGES = 'must be a whole number of years from 0 to 120, or {"years": 0, "months": 7}'
BIRTHS = "must be a date that exists, as 1990, 1990-05, 1990-05-17 or 17.05.1990"
PREGNANCIES = (
    'must be "no", "possible", "yes", a time such as "27 weeks 3 days", "6 months" or "2nd trimester", '
    '{"trimester": 1 to 3}, {"weeks": 0 to 44, "days": 0 to 6}, {"months": 1 to 10}, {"due": a date} '
    'or {"last_period": a date}'
)
TYPED_AGES = "must be 0 to 120 years, or 7m / 1y6m"
TYPED_PREGNANCIES = "must be no, possible, yes, or a time such as “20 weeks”, “6 months” or “2nd trimester”"
WEEKS_OPTION = "--weeks: must be weeks of pregnancy, 0 to 44, such as 27 or 27+6, not "
SEXES = 'must be "female" or "male"'
WEEKS = "must be 0 to 44 completed weeks and 0 to 6 days"
FIVE = "the article lets a remedy be used for 5 days at most before a doctor is asked"
DEEP = "is nested more than 60 levels deep"
ANSWERS = 'must be a list of words, such as ["asthma"], or {"yes": […], "no": […], "rest": "no"}'
OPEN_MAN = ("--age", "34", "--sex", "male")
FREE_MAN = (*OPEN_MAN, "--nothing-else")


def refused(*words: str, given: str | bytes | None = None, env: dict[str, str] | None = None) -> str:
    """Return the message of a command that must be refused, without its first word."""
    result = run(*words, input=given, env=env)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: ")
    return result.stderr.removeprefix("Error: ").removesuffix("\n")


def warned(*words: str, given: str | None = None) -> list[str]:
    """Return the warnings of a check that must be made."""
    result = run("check", *words, "--format", "json", input=given)
    assert (result.exit_code, result.stderr) == (0, "")
    found: list[str] = json.loads(result.stdout)["warnings"]
    return found


def misused(command: str, *words: str) -> str:
    """Return the message of a command that click refuses, without the usage line before it."""
    result = run(command, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    usage = rf"Usage: remedies {command} .*\nTry 'remedies {command} --help' for help\.\n\nError: (.*)\n"
    found = re.fullmatch(usage, result.stderr)
    assert found is not None, result.stderr
    return found[1]


def process(command: list[str], **env: str) -> "subprocess.CompletedProcess[str]":
    """Run the program as a process of its own."""
    clean = {key: value for key, value in os.environ.items() if key not in {"REMEDIES_CATALOGUE", "NO_COLOR"}}
    clean = {**clean, "COLUMNS": "80", "PYTHONUTF8": "1", **env}
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        env=clean,
        check=False,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=60,
    )


def through_shell(script: str, **env: str) -> "subprocess.CompletedProcess[str]":
    """Run a script in which ``"$@"`` is the program."""
    return process(["sh", "-c", script, "sh", *PROGRAM], **env)


# Words


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--has", "astmma"), "--has: 'astmma' is not known as an illness. Did you mean asthma?"),
        (("--has-not", "астмма"), "--has-not: 'астмма' is not known as an illness. Did you mean астма?"),
        (("--skin", "xyzzy"), "--skin: 'xyzzy' is not known as a skin problem. Try another word."),
        (("--allergy", "xyzzy"), "--allergy: 'xyzzy' is not known as an allergy. Try another word."),
        (("--taking", "xyzzy"), "--taking: 'xyzzy' is not known as a medicine. Try another word."),
        (("--sign", "xyzzy"), "--sign: 'xyzzy' is not known as a warning sign. Try another word."),
        (("--circumstance", "xyzzy"), "--circumstance: 'xyzzy' is not known as a circumstance. Try another word."),
        (("--remedy", "xyzzy"), "no remedy is called 'xyzzy'. “remedies list” shows all of them."),
    ],
)
def test_a_word_that_means_nothing_is_refused_where_words_are_read_strictly(
    words: tuple[str, ...], message: str
) -> None:
    assert refused("check", "--strict", *words) == message


@pytest.mark.parametrize(
    ("words", "warning"),
    [
        (
            ("--has", "astmma"),
            "'astmma' was not understood, so nothing is ruled out among the illnesses. Did you mean asthma?",
        ),
        (
            ("--has-not", "астмма"),
            "'астмма' was not understood, so nothing is ruled out among the illnesses. Did you mean астма?",
        ),
        (
            ("--skin", "xyzzy"),
            "'xyzzy' was not understood, so nothing is ruled out among the skin problems. Try another word.",
        ),
        (
            ("--allergy", "xyzzy"),
            "'xyzzy' was not understood, so nothing is ruled out among the allergies. Try another word.",
        ),
        (
            ("--taking", "xyzzy"),
            "'xyzzy' was not understood, so nothing is ruled out among the medicines. Try another word.",
        ),
        (
            ("--sign", "xyzzy"),
            "'xyzzy' was not understood, so nothing is ruled out among the warning signs. Try another word.",
        ),
        (
            ("--circumstance", "xyzzy"),
            "'xyzzy' was not understood, so nothing is ruled out among the circumstances. Try another word.",
        ),
    ],
)
def test_a_word_that_means_nothing_is_kept_with_a_warning_and_never_dropped(
    words: tuple[str, ...], warning: str
) -> None:
    assert warned(*FREE_MAN, *words) == [warning]


@pytest.mark.parametrize(
    ("words", "warning"),
    [
        (("--taking", "asthma"), "'asthma' was taken from the medicines to the illnesses."),
        (("--has", "варфарин"), "'варфарин' was taken from the illnesses to the medicines."),
        (("--has", "eczema"), "'eczema' was taken from the illnesses to the skin problems."),
        (("--skin", "fever"), "'fever' was taken from the skin problems to the warning signs."),
        (("--has", "беременность"), "'беременность' was taken from the illnesses to pregnancy."),
        (("--circumstance", "nursing"), "'nursing' was taken from the circumstances to breastfeeding."),
    ],
)
def test_a_word_of_another_list_is_taken_there_with_a_warning_strictly_or_not(
    words: tuple[str, ...], warning: str
) -> None:
    assert warning in warned("--age", "34", "--nothing-else", *words)
    assert warning in warned("--age", "34", "--nothing-else", "--strict", *words)


@pytest.mark.parametrize("words", [("--has", "fcnvf"), ("--has", "Q99.9"), ("--has", "gout"), ("--has", "asthma?")])
def test_a_word_from_the_other_keyboard_a_real_illness_and_doubt_are_understood_strictly(
    words: tuple[str, ...],
) -> None:
    assert run("check", "--strict", *words).exit_code == 0


def test_every_word_that_means_nothing_is_named() -> None:
    words = ("--has", "astmma", "--has", "asthma", "--has", "xyzzy", "--age", "34")
    assert refused("check", "--strict", *words).splitlines() == [
        "--has: 'astmma' is not known as an illness. Did you mean asthma?",
        "Error: --has: 'xyzzy' is not known as an illness. Try another word.",
    ]
    assert warned(*words)[:2] == [
        "'astmma' was not understood, so nothing is ruled out among the illnesses. Did you mean asthma?",
        "'xyzzy' was not understood, so nothing is ruled out among the illnesses. Try another word.",
    ]


def test_a_word_that_was_set_aside_is_not_refused_strictly() -> None:
    assert warned(*FREE_MAN, "--has", "xyzzy", "--other", "xyzzy", "--strict") == []
    assert warned(*FREE_MAN, "--other", "xyzzy", "--strict") == []


@pytest.mark.parametrize(
    ("flag", "values", "shown"),
    [
        ("--age", ("34", "35"), "'34' and '35'"),
        ("--age", ("34", "34"), "'34' and '34'"),
        ("--born", ("1990", "1991"), "'1990' and '1991'"),
        ("--sex", ("male", "female"), "'male' and 'female'"),
        ("--pregnancy", ("yes", "no"), "'yes' and 'no'"),
        ("--weeks", ("20", "21"), "'20' and '21'"),
        ("--due", ("2027-02-20", "2027-02-21"), "'2027-02-20' and '2027-02-21'"),
    ],
)
def test_a_single_value_given_twice_is_refused(flag: str, values: tuple[str, str], shown: str) -> None:
    told = misused("check", flag, values[0], flag, values[1])
    assert told == f"Invalid value for {flag}: was given 2 times ({shown}); give it once"


def test_every_unknown_remedy_is_named() -> None:
    told = refused("check", "--remedy", "dolobne", "--remedy", "nise-gel", "--remedy", "xyzzy")
    assert told.splitlines() == [
        "no remedy is called 'dolobne'. Did you mean dolobene?",
        "Error: no remedy is called 'xyzzy'. “remedies list” shows all of them.",
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--has", "asthma", "--has-not", "asthma"), "--has: asthma (asthma) is given both as yes and as no"),
        (("--has", "J45", "--has-not", "астма"), "--has: asthma (asthma) is given both as yes and as no"),
        (
            ("--has", "severe-kidney-disease", "--has-not", "kidney-disease"),
            (
                "--has: severe-kidney-disease (severe kidney disease) is given both as yes and as no\n"
                "Error: --has: kidney-disease (kidney disease) is given both as yes and as no"
            ),
        ),
    ],
)
def test_a_fact_that_is_both_so_and_not_so_is_refused_by_name(words: tuple[str, ...], message: str) -> None:
    told = refused("check", *words)
    assert sorted(told.replace("Error: ", "").splitlines()) == sorted(message.replace("Error: ", "").splitlines())


@pytest.mark.parametrize("word", ["no?", "0?", "нет?", "? нет ?"])
def test_a_no_in_doubt_does_not_close_a_topic(word: str) -> None:
    told = refused("check", *OPEN_MAN, "--strict", "--allergy", word)
    assert told == f"--allergy: '{word}' is not known as an allergy. Try another word."
    warning = f"'{word}' was not understood, so nothing is ruled out among the allergies. Try another word."
    assert warning in warned(*FREE_MAN, "--allergy", word)


MARKS = "a" + 100_000 * "\u0301"
SHOWN = "'a" + 57 * "\u0301" + "…"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("show",), f"no remedy is called {SHOWN}. “remedies list” shows all of them."),
        (("plan",), "words: has 100001 characters; at most 2000 are read"),
        (("check", "--remedy"), f"no remedy is called {SHOWN}. “remedies list” shows all of them."),
        (("check", "--has"), f"--has: must have at most 200 characters, not {SHOWN}"),
        (("check", "--sex"), f"--sex: {SEXES}, not {SHOWN}"),
    ],
    ids=" ".join,
)
def test_a_name_of_a_hundred_thousand_combining_marks_is_refused(words: tuple[str, ...], message: str) -> None:
    assert refused(*words, MARKS) == message


def test_a_term_of_a_hundred_thousand_combining_marks_is_not_understood() -> None:
    result = run("terms", MARKS)
    assert (result.exit_code, result.stderr) == (2, "")
    assert len(result.stdout) < 400


# Age, birth date, sex, pregnancy


@pytest.mark.parametrize(
    "age",
    [
        "-1",
        "121",
        "999",
        "1.5",
        "34,5",
        "abc",
        "тридцать",
        "",
        " ",
        "-7m",
        "40m",
        "300m",
        "34M",
        "1y12m",
        "12m13m",
        "1e2",
        "--5",
    ],
)
def test_an_age_that_nobody_has_is_refused(age: str) -> None:
    assert refused("check", f"--age={age}") == f"--age: {TYPED_AGES}, not {age!r}"


def test_an_age_of_thousands_of_digits_is_refused() -> None:
    told = refused("check", "--age", "9" * 5000)
    assert told.startswith(f"--age: {TYPED_AGES}, not ")
    assert len(told) < 200


@pytest.mark.parametrize(
    "born", ["2020-02-30", "2019-02-29", "30.02.2020", "1990-13", "1990-5", "05/17/1990", "yesterday", "0000", ""]
)
def test_a_birth_date_that_does_not_exist_is_refused(born: str) -> None:
    assert refused("check", "--born", born) == f"--born: {BIRTHS}, not {born!r}"


def test_a_birth_date_in_the_future_is_refused() -> None:
    tomorrow = date.today() + timedelta(days=1)
    for born in (str(tomorrow), str(tomorrow.year + 1)):
        assert refused("check", "--born", born) == f"born: {born} lies after {date.today()}, the day of the check"


def test_a_birth_date_that_nobody_has_lived_to_tell_is_refused() -> None:
    year = date.today().year - 121
    assert refused("check", "--born", str(year)) == f"born: {year} is more than 120 years ago"


def test_a_birth_date_after_the_day_that_is_spoken_of_is_refused() -> None:
    told = refused("check", "--born", "2020", "--as-of", "2019-06-01", "--start", "2019-06-01")
    assert told == "born: 2020 lies after 2019-06-01, the day of the check"


def test_age_and_birth_date_together_are_refused() -> None:
    assert refused("check", "--age", "34", "--born", "1990") == "--born: give either age or born, not both"


def test_a_sex_that_is_no_choice_is_refused() -> None:
    assert refused("check", "--sex", "other") == f"--sex: {SEXES}, not 'other'"


@pytest.mark.parametrize(
    "words",
    [
        *(("--pregnancy", "yes"), ("--pregnancy", "2"), ("--pregnancy", "possible"), ("--weeks", "20")),
        *(("--pregnancy", "6 месяцев"), ("--due", "20.02.2027"), ("--weeks", "20 недель")),
    ],
)
@pytest.mark.parametrize("sex", ["male", "мужчина"])
def test_a_pregnant_man_is_refused(sex: str, words: tuple[str, ...]) -> None:
    told = refused("check", "--sex", sex, *words)
    assert told == f"{words[0]}: was given for a man; leave it out, or correct sex"


def test_a_breastfeeding_man_is_refused() -> None:
    told = refused("check", "--sex", "male", "--breastfeeding")
    assert told == "--breastfeeding: was given for a man; leave it out, or correct sex"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--weeks", "45"), f"{WEEKS_OPTION}'45'"),
        (("--weeks", "27+7"), f"{WEEKS_OPTION}'27+7'"),
        (("--weeks", "27 недель 7 дней"), f"{WEEKS_OPTION}'27 недель 7 дней'"),
        (("--weeks", "999"), f"{WEEKS_OPTION}'999'"),
        (("--weeks", "11 months"), f"{WEEKS_OPTION}'11 months'"),
        (("--weeks", "yes"), f"{WEEKS_OPTION}'yes'"),
        (("--pregnancy", "4"), f"--pregnancy: {TYPED_PREGNANCIES}, not '4'"),
        (("--pregnancy", "0"), f"--pregnancy: {TYPED_PREGNANCIES}, not '0'"),
        (("--pregnancy", "45 weeks"), f"--pregnancy: {TYPED_PREGNANCIES}, not '45 weeks'"),
        (("--pregnancy", "soon"), f"--pregnancy: {TYPED_PREGNANCIES}, not 'soon'"),
        (("--pregnancy", ""), f"--pregnancy: {TYPED_PREGNANCIES}, not ''"),
        (("--pregnancy", '{"trimester": 4}'), f"--pregnancy: {TYPED_PREGNANCIES}, not {{'trimester': 4}}"),
        (("--pregnancy", '{"months": 11}'), "--pregnancy: must be 1 to 10 months, not {'months': 11}"),
        (("--due", "30.02.2027"), "--due: must be a due date such as 2027-02-20 or 20.02.2027, not '30.02.2027'"),
        (("--due", "in May"), "--due: must be a due date such as 2027-02-20 or 20.02.2027, not 'in May'"),
        (("--pregnancy", '{"weeks": 20'), "--pregnancy, line 1, column 13: is not JSON: ends too early"),
        (("--pregnancy", '{"weeks":10,"weeks":30}'), "--pregnancy.weeks: stands more than once in the same object"),
    ],
)
def test_a_pregnancy_that_does_not_exist_is_refused(words: tuple[str, ...], message: str) -> None:
    assert refused("check", *words) == message


@pytest.mark.parametrize("weeks", ["x", "", "-3", "27+", "fourth month"])
def test_weeks_that_are_no_number_are_refused(weeks: str) -> None:
    assert refused("check", f"--weeks={weeks}") == f"{WEEKS_OPTION}{weeks!r}"


@pytest.mark.parametrize("weeks", ["27.6 weeks", "27.6", "27.6 недель"])
def test_weeks_with_a_decimal_are_refused_with_a_question_back(weeks: str) -> None:
    hint = "; 27.6 may be 27 weeks and 6 days (27+6) or a fraction of a week"
    assert refused("check", "--weeks", weeks) == f"{WEEKS_OPTION}{weeks!r}{hint}"
    assert refused("check", "--pregnancy", weeks) == f"--pregnancy: {TYPED_PREGNANCIES}{hint}"


def test_a_due_date_more_than_forty_weeks_ahead_is_refused_and_one_of_forty_weeks_taken() -> None:
    day = ("--as-of", "2026-11-22", "--start", "2026-11-22")
    assert run("check", *day, "--due", "2027-08-29").exit_code == 0
    told = refused("check", *day, "--due", "30.08.2027")
    assert told == "pregnancy.due: 2027-08-30 lies more than 40 weeks after 2026-11-22, the day on which it was said"


def test_a_last_period_after_the_day_of_the_check_is_refused_and_one_on_it_taken() -> None:
    day = ("--as-of", "2026-11-22", "--start", "2026-11-22")
    assert run("check", *day, "--pregnancy", "last period 22.11.2026").exit_code == 0
    told = refused("check", *day, "--pregnancy", "last period 23.11.2026")
    assert told == "pregnancy.last_period: 2026-11-23 lies after 2026-11-22, the day on which it was said"


@pytest.mark.parametrize(("begin", "end"), [("", ""), ("27", "+6"), ("2", "7")])
def test_weeks_of_thousands_of_spaces_are_refused(begin: str, end: str) -> None:
    shown = "'" + begin.ljust(58) + "…"
    told = refused("check", f"--weeks={begin}{' ' * 30_000}{end}")
    assert told == f"{WEEKS_OPTION}{shown}"


@pytest.mark.parametrize(("begin", "end"), [("", ""), ("1", "2"), ("1y", "6m")])
def test_an_age_of_thousands_of_spaces_is_refused(begin: str, end: str) -> None:
    told = refused("check", f"--age={begin}{' ' * 30_000}{end}")
    assert told == f"--age: {TYPED_AGES}, not '{begin.ljust(58)}…"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--pregnancy", "no", "--weeks", "20"), "--weeks: was given beside --pregnancy"),
        (("--pregnancy", "no", "--due", "2027-02-20"), "--due: was given beside --pregnancy"),
        (("--pregnancy", "2", "--weeks", "20"), "--weeks: was given beside --pregnancy"),
        (("--due", "2027-02-20", "--weeks", "20"), "--due: was given beside --weeks"),
        (("--pregnancy", "yes", "--due", "2027-02-20", "--weeks", "20"), "--due: was given beside --weeks"),
    ],
)
def test_two_answers_about_pregnancy_are_refused(words: tuple[str, ...], message: str) -> None:
    assert refused("check", *words) == f"{message}, another answer about pregnancy; give one of them"


@pytest.mark.parametrize("words", [("--weeks", "20"), ("--due", "2027-02-20")])
def test_a_yes_beside_the_time_of_a_pregnancy_is_no_second_answer(words: tuple[str, ...]) -> None:
    assert run("check", "--as-of", "2026-11-22", "--pregnancy", "yes", *words).exit_code == 0


def test_a_pregnancy_nested_without_end_is_refused() -> None:
    assert refused("check", "--pregnancy", '{"a":' * 20_000) == f"--pregnancy: {DEEP}"


# The course


@pytest.mark.parametrize("days", ["0", "6", "-1", "99999999999999999999"])
def test_a_course_of_no_or_too_many_days_is_refused_with_the_reason(days: str) -> None:
    assert refused("check", f"--days={days}") == f"days: a course has 1 to 5 days, not {days}: {FIVE}"


@pytest.mark.parametrize("days", ["x", "1.5", ""])
def test_days_that_are_no_number_are_refused(days: str) -> None:
    assert (
        misused("check", "--days", days) == f"Invalid value for '--days': {days!r} is no number of days; write 1 to 5"
    )


@pytest.mark.parametrize("option", ["--start", "--as-of"])
@pytest.mark.parametrize("day", ["2026-02-30", "31.11.2026", "soon", "2026-11", "20261122", ""])
def test_a_day_that_cannot_be_read_is_refused(option: str, day: str) -> None:
    message = f"Invalid value for '{option}': {day!r} is not a date; write 2026-11-22, today or tomorrow"
    assert misused("check", option, day) == message


def test_a_course_that_starts_more_than_sixty_days_ahead_is_refused() -> None:
    assert run("check", "--as-of", "2026-11-22", "--start", "2027-01-21").exit_code == 0
    assert refused("check", "--as-of", "2026-11-22", "--start", "2027-01-22") == (
        "start: 2027-01-22 lies 61 days after 2026-11-22: what is said of a person today does not hold so long; "
        "at most 60 days ahead can be checked"
    )


@pytest.mark.parametrize("day", ["1899-12-31", "2200-01-02", "0001-01-01", "9999-12-31"])
def test_a_course_in_another_age_is_refused(day: str) -> None:
    assert refused("check", "--start", day) == f"start: must lie between 1900-01-01 and 2200-01-01, not {day}"


@pytest.mark.parametrize("day", ["0001-01-01", "0002-12-31", "9999-12-31"])
@pytest.mark.parametrize("age", [(), ("--age", "30")], ids=["no age", "an age"])
def test_a_report_as_of_another_age_is_given_or_refused_without_a_traceback(day: str, age: tuple[str, ...]) -> None:
    result = run("check", "--as-of", day, "--start", "2026-11-22", *age)
    assert result.exit_code in {0, 2}


def test_the_exit_code_of_no_remedy_in_particular_is_refused() -> None:
    assert misused("check", "--exit-code") == "--exit-code speaks of one remedy: name it, or add --remedy"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("check", "--nosuch"), "No such option '--nosuch'."),
        (("terms", "--extra"), "No such option '--extra'."),
        (
            ("check", "--format", "xlm"),
            "Invalid value for '--format': 'xlm' is not one of 'table', 'json', 'jsonl', 'markdown', 'csv'.",
        ),
        (("show",), "Missing argument 'REMEDY'."),
        (("terms",), "Missing argument 'WORD'."),
    ],
)
def test_a_command_that_is_written_wrongly_is_refused_with_its_usage(words: tuple[str, ...], message: str) -> None:
    assert misused(*words) == message


# Files


def refused_file(path: Path, content: str | bytes) -> str:
    """Return the message for a patient file, without its name."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return refused("check", "--patient", str(path)).removeprefix(str(path))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "patient.json"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", ": is empty; JSON was expected"),
        (" \n\t ", ": is empty; JSON was expected"),
        ('{"age": }', ", line 1, column 9: is not JSON: cannot be read from '}' on"),
        ('{"age": 34,\n "sex" "male"}', ", line 2, column 8: is not JSON: cannot be read from '\"male\"}' on"),
        ('{"age": 34} {}', ", line 1, column 13: is not JSON: cannot be read from '{}' on"),
        ("age: 34", ", line 1, column 1: is not JSON: cannot be read from 'age: 34' on"),
        ('{"age": NaN}', ": holds NaN, which is not a JSON number"),
        ('{"age": -Infinity}', ": holds -Infinity, which is not a JSON number"),
        ('{"age": ' + "1" * 5000 + "}", ": holds a number with too many digits"),
        ("[" * 100_000, f": {DEEP}"),
        ("[" * 100_000 + "]" * 100_000, f": {DEEP}"),
        ('{"a":' * 40_000, f": {DEEP}"),
        ('{"a":' * 40_000 + "1" + "}" * 40_000, f": {DEEP}"),
        ("[" * 61 + "]" * 61, f": {DEEP}"),
        ("[1]", ": must be a JSON object that describes one patient"),
        ("34", ": must be a JSON object that describes one patient"),
        ("null", ": must be a JSON object that describes one patient"),
        (b"\x00\x01\x02{}", ": is a binary file; JSON was expected"),
        (b"\x89PNG\r\n\x1a\n\xff", ": is not text in UTF-8"),
        ('{"conditions": ["астма"]}'.encode("cp1251"), ": is not text in UTF-8"),
        ('{"age": 34}'.encode("utf-16"), ": is not text in UTF-8"),
    ],
    ids=lambda value: repr(value[:20]),
)
def test_a_file_that_is_no_patient_is_refused(file: Path, content: str | bytes, message: str) -> None:
    assert refused_file(file, content) == message


@pytest.mark.parametrize(
    ("content", "messages"),
    [
        ('{"agee": 34}', ["agee: is not a key that belongs here. Did you mean age?"]),
        ('{"weight": 34}', ["weight: is not a key that belongs here"]),
        ('{"skin": {"yess": []}}', ["skin.yess: is not a key that belongs here. Did you mean yes?"]),
        ('{"age": "old"}', [f"age: {AGES}, not 'old'"]),
        ('{"age": 34.5}', [f"age: {AGES}, not 34.5"]),
        ('{"age": {"years": 1, "months": 12}}', [f"age: {AGES}, not {{'years': 1, 'months': 12}}"]),
        ('{"born": 1990}', [f"born: {BIRTHS}, not 1990"]),
        ('{"born": "2020-02-30"}', [f"born: {BIRTHS}, not '2020-02-30'"]),
        ('{"sex": "x"}', [f"sex: {SEXES}, not 'x'"]),
        ('{"pregnancy": []}', [f"pregnancy: {PREGNANCIES}, not []"]),
        ('{"pregnancy": 2}', [f"pregnancy: {PREGNANCIES}, not 2"]),
        ('{"pregnancy": {"weeks": 45}}', [f"pregnancy: {WEEKS}, not {{'weeks': 45}}"]),
        ('{"breastfeeding": "no"}', ["breastfeeding: must be true or false, not 'no'"]),
        ('{"nothing_else": 1}', ["nothing_else: must be true or false, not 1"]),
        ('{"conditions": "asthma"}', [f"conditions: {ANSWERS}, not a text"]),
        ('{"skin": {"yes": "acne"}}', ["skin.yes: must be a list, not 'acne'"]),
        ('{"skin": {"yes": [1]}}', ["skin.yes[0]: must be a text, not 1"]),
        ('{"skin": {"rest": "yes"}}', ["skin.rest: must be one of 'unknown' or 'no', not 'yes'"]),
        (
            '{"age": -1, "conditions": ["asthma", "xyzzy"], "skin": {"no": 5}, "signs": {"no": ["zzyzx"]}}',
            [
                f"age: {AGES}, not -1",
                "skin.no: must be a list, not 5",
                "conditions.yes[1]: 'xyzzy' is not known as an illness. Try another word.",
                "signs.no[0]: 'zzyzx' is not known as a warning sign. Try another word.",
            ],
        ),
        (
            '{"age": 1, "age": 2, "skin": {"yes": [], "yes": []}}',
            ["age: stands more than once in the same object", "skin.yes: stands more than once in the same object"],
        ),
        (
            '{"conditions": {"yes": ["asthma"], "no": ["asthma"]}}',
            ["conditions: asthma (asthma) is given both as yes and as no"],
        ),
    ],
)
def test_a_patient_of_the_wrong_shape_is_refused_with_the_path_of_every_fault(
    file: Path, content: str, messages: list[str]
) -> None:
    file.write_text(content, encoding="utf-8")
    assert sorted(f"Error: {refused('check', '--strict', '--patient', str(file))}".splitlines()) == sorted(
        f"Error: {message}" for message in messages
    )


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "missing.json"
    assert refused("check", "--patient", str(path)) == f"{path}: cannot be read: no such file or directory"


def test_a_directory_is_refused(tmp_path: Path) -> None:
    assert refused("check", "--patient", str(tmp_path)) == f"{tmp_path}: is a directory; give a patient file"


@pytest.mark.parametrize("words", [("check", "--patient", ""), ("--catalogue", "", "list")], ids=" ".join)
def test_an_empty_file_name_is_refused_and_not_taken_for_no_file_at_all(words: tuple[str, ...]) -> None:
    assert refused(*words)


def test_a_huge_file_is_refused_by_its_size(file: Path) -> None:
    with file.open("wb") as sparse:
        sparse.truncate(100 * 1024 * 1024)
    assert refused("check", "--patient", str(file)) == f"{file}: is larger than 256 kB, so it is not a patient file"
    assert refused("catalogue", "lint", str(file)) == f"{file}: is larger than 8 MB, so it is not a catalogue file"


def test_a_patient_of_exactly_256_kilobytes_is_read_and_one_byte_more_is_refused(file: Path) -> None:
    text = '{"age": 34}'
    file.write_text(text.ljust(256 * 1024), encoding="utf-8")
    assert run("check", "--patient", str(file)).exit_code == 0
    assert refused_file(file, text.ljust(256 * 1024 + 1)) == ": is larger than 256 kB, so it is not a patient file"


def test_a_device_without_end_is_refused() -> None:
    assert refused("check", "--patient", "/dev/zero") == "/dev/zero: is larger than 256 kB, so it is not a patient file"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("", "standard input: is empty; JSON was expected"),
        ("[]", "standard input: must be a JSON object that describes one patient"),
        ('{"age"', "standard input, line 1, column 7: is not JSON: ends too early"),
        (b"\xff\xfe", "standard input: is not text in UTF-8"),
        (b" " * (256 * 1024 + 1), "standard input: is larger than 256 kB, so it is not a patient file"),
    ],
    ids=["empty", "a list", "broken", "binary", "huge"],
)
def test_standard_input_that_is_no_patient_is_refused(given: str | bytes, message: str) -> None:
    assert refused("check", "--patient", "-", given=given) == message


@pytest.mark.parametrize(
    "words",
    [
        ("--has", "asthma"),
        ("--age", "34", "--allergy", "none"),
    ],
    ids=" ".join,
)
def test_options_do_not_hide_a_fault_of_the_file(file: Path, words: tuple[str, ...]) -> None:
    file.write_text('{"conditions": 5, "allergies": {"yes": "x"}}', encoding="utf-8")
    assert f"Error: {refused('check', '--patient', str(file), *words)}".splitlines() == [
        f"Error: conditions: {ANSWERS}, not a whole number",
        "Error: allergies.yes: must be a list, not 'x'",
    ]


# Catalogues


@pytest.mark.parametrize(
    "words", [("list",), ("check",), ("show", "dolobene"), ("terms", "asthma"), ("--version",)], ids=" ".join
)
def test_no_command_works_on_a_faulty_catalogue(tmp_path: Path, words: tuple[str, ...]) -> None:
    document = json.loads((DATA / "remedies.json").read_text(encoding="utf-8"))
    document["remedies"][2]["rules"][0]["sources"] = []
    path = tmp_path / "remedies.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert refused("--catalogue", str(path), *words) == "remedies[2].rules[0].sources: needs at least 1"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", ": is empty; JSON was expected"),
        ('{"version": }', ", line 1, column 13: is not JSON: cannot be read from '}' on"),
        ("[" * 100_000, f": {DEEP}"),
        (b"\x00", ": is a binary file; JSON was expected"),
        (b"\xff", ": is not text in UTF-8"),
    ],
    ids=lambda value: repr(value[:20]),
)
@pytest.mark.parametrize("words", [("catalogue", "lint"), ("--catalogue",)], ids=" ".join)
def test_a_file_that_is_no_catalogue_is_refused(
    tmp_path: Path, words: tuple[str, ...], content: str | bytes, message: str
) -> None:
    path = tmp_path / "own.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    after = () if words[0] == "catalogue" else ("list",)
    assert refused(*words, str(path), *after) == f"{path}{message}"


def test_a_catalogue_that_is_missing_or_a_directory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "missing.json"
    missing = f"{path}: cannot be read: no such file or directory"
    assert refused("--catalogue", str(path), "list") == missing
    assert refused("catalogue", "lint", str(path)) == missing
    assert refused("--catalogue", str(tmp_path), "list") == f"{tmp_path}: is a directory; give a catalogue file"
    assert refused("list", env={"REMEDIES_CATALOGUE": str(path)}) == missing


# Control characters


CONTROLS = ["\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x07", "\x9b31m", "\x7f", "a\rb", "\u202egnp"]


def visible(text: str) -> bool:
    """Tell whether a text for readers holds only what can be seen."""
    return all(char == "\n" or char.isprintable() for char in text)


def controlled(text: str) -> bool:
    """Tell whether a text for machines holds a control character that a terminal would obey."""
    return any(char != "\n" and unicodedata.category(char) == "Cc" for char in text)


@pytest.mark.parametrize("value", CONTROLS, ids=ascii)
@pytest.mark.parametrize(
    "words",
    [
        ("check", "--strict", "--has"),
        ("check", "--strict", "--has-not"),
        ("check", "--strict", "--skin"),
        ("check", "--strict", "--allergy"),
        ("check", "--strict", "--taking"),
        ("check", "--strict", "--sign"),
        ("check", "--strict", "--circumstance"),
        ("check", "--due"),
        ("check", "--age"),
        ("check", "--born"),
        ("check", "--sex"),
        ("check", "--pregnancy"),
        ("check", "--weeks"),
        ("check", "--start"),
        ("check", "--as-of"),
        ("check", "--days"),
        ("check", "--format"),
        ("check", "--remedy"),
        ("check", "--patient"),
        ("check",),
        ("show",),
        ("terms",),
        ("schema",),
        ("catalogue",),
        ("catalogue", "lint"),
        ("plan",),
        ("plan", "dolobene", "--wake"),
        ("plan", "dolobene", "--now"),
        ("plan", "dolobene", *FREE_MAN, "--zone"),
        ("plan", "dolobene", *FREE_MAN, "--together"),
        ("plan", "dolobene", *FREE_MAN, "--output", "missing/folder/"),
        ("ask", "--save"),
        (),
    ],
    ids=" ".join,
)
def test_control_characters_in_any_value_are_shown_escaped(
    words: tuple[str, ...], value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if words[-1:] == ("missing/folder/",):
        words, value = words[:-1], words[-1] + value
    result = run(*words, value)
    assert result.exit_code == {("ask", "--save"): 1, ("check",): 0}.get(words, 2)
    assert visible(result.output)


@pytest.mark.parametrize("value", CONTROLS, ids=ascii)
@pytest.mark.parametrize(
    ("flag", "format_"),
    [
        *((flag, "table") for flag in ("--has-not", "--skin", "--allergy", "--taking", "--sign", "--other")),
        *(("--has", format_) for format_ in ("table", "json", "markdown", "csv")),
    ],
)
def test_control_characters_in_a_word_that_is_kept_are_shown_escaped(flag: str, format_: str, value: str) -> None:
    result = run("check", *OPEN_MAN, flag, value, "--format", format_)
    assert (result.exit_code, result.stderr) == (0, "")
    assert not controlled(result.stdout)
    if format_ in {"table", "markdown"}:
        assert visible(result.stdout)
    if format_ == "table":
        assert value.encode("unicode_escape").decode("ascii")[:4] in result.stdout


@pytest.mark.parametrize("value", CONTROLS, ids=ascii)
@pytest.mark.parametrize(
    "document",
    [
        "{%s: 1}",
        "{%s: 1, %s: 2}",
        '{"skin": [%s]}',
        '{"age": %s}',
        '{"born": %s}',
        '{"sex": %s}',
        '{"skin": {"rest": %s}}',
    ],
)
def test_control_characters_in_a_file_are_shown_escaped(file: Path, document: str, value: str) -> None:
    written = json.dumps(value)
    file.write_text(document.replace("%s", written), encoding="utf-8")
    told = refused("check", "--strict", "--patient", str(file))
    assert visible(told)
    assert value.encode("unicode_escape").decode("ascii")[:4] in told


@pytest.mark.parametrize("value", CONTROLS, ids=ascii)
@pytest.mark.parametrize("format_", ["table", "json", "markdown", "csv"])
def test_control_characters_in_an_id_are_escaped_or_left_out(file: Path, format_: str, value: str) -> None:
    file.write_text(json.dumps({"id": value, "age": 34}), encoding="utf-8")
    result = run("check", "--patient", str(file), "--format", format_)
    assert result.exit_code == 0
    assert not controlled(result.stdout)
    if format_ == "json":
        assert json.loads(result.stdout)["patient"] == value


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a catalogue whose texts hold control characters."""
    document: dict[str, Any] = json.loads((DATA / "remedies.json").read_text(encoding="utf-8"))
    dolobene = document["remedies"][2]
    dolobene["name"] = "Dolo\x1b]0;title\x07bene\x9b31m gel"
    dolobene["what"] = "gel\x1b[31m\x7f"
    dolobene["rules"][0]["because"] = "Asthma.\x1b[2J\x9b2J"
    path = tmp_path_factory.mktemp("hostile") / "remedies.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        *(("list", "--format", name) for name in ("table", "csv")),
        *(("show", "dolobene", "--format", name) for name in ("table", "json")),
        *(("check", "--has", "asthma", "--format", name) for name in ("table", "json", "markdown", "csv")),
        *(("plan", "dolobene", *FREE_MAN, "--format", name) for name in ("text", "json")),
    ],
    ids=" ".join,
)
def test_control_characters_in_a_catalogue_never_reach_the_terminal(hostile: Path, words: tuple[str, ...]) -> None:
    result = run("--catalogue", str(hostile), *words)
    assert result.exit_code == 0
    assert not controlled(result.output)


# Processes: closed and broken streams, terminals, colour


def test_a_closed_standard_input_is_refused() -> None:
    done = through_shell('"$@" check --patient - <&-')
    message = "Error: standard input: is closed; give a patient file or pipe one in\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)


def test_an_empty_standard_input_is_refused() -> None:
    done = through_shell('"$@" check --patient - </dev/null')
    message = "Error: standard input: is empty; JSON was expected\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)


def test_a_check_does_not_need_a_standard_input() -> None:
    done = through_shell('"$@" check <&-')
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Understood: sex not said, age not said.\n")


@pytest.mark.parametrize("command", ["check", "check --format json", "list --format csv"])
def test_a_reader_that_goes_away_leaves_no_traceback(command: str) -> None:
    done = through_shell(f'"$@" {command} | head -n 1')
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize("command", ["check", "check --format json", "--version"])
def test_a_closed_standard_output_leaves_no_traceback(command: str) -> None:
    done = through_shell(f'"$@" {command} >&-')
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["check", "check --format json", "list --format csv", "--help"])
def test_a_full_disk_leaves_a_message_and_no_traceback(command: str) -> None:
    done = through_shell(f'"$@" {command} >/dev/full')
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert "no space left on device" in done.stderr.casefold()


def test_a_closed_standard_error_changes_nothing_else() -> None:
    done = through_shell('"$@" check --strict --has xyzzy 2>&-')
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize(
    "words", [["terms", "астма"], ["check", "--has", "астмма"], ["list", "--format", "csv"], ["--help"]]
)
def test_a_terminal_that_cannot_show_every_letter_gets_no_traceback(words: list[str], encoding: str) -> None:
    done = process([*PROGRAM, *words], PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert "Traceback" not in done.stderr


def test_an_argument_that_is_no_text_is_refused() -> None:
    done = through_shell('"$@" check --has "$(printf \'\\377\')"')
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: --has: ")
    assert "Traceback" not in done.stderr


def on_terminal(*words: str, **env: str) -> str:
    """Run the program on a pseudo-terminal and return what it shows."""
    ours, theirs = pty.openpty()
    clean = {key: value for key, value in os.environ.items() if key not in {"REMEDIES_CATALOGUE", "NO_COLOR"}}
    with subprocess.Popen(
        [*PROGRAM, *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**clean, "COLUMNS": "80", "LINES": "500", "TERM": "xterm", "PYTHONUTF8": "1", **env},
    ) as program:
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other end was closed
                break
            if not part:
                break
            shown += part
        program.wait(timeout=60)
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


@pytest.mark.slow
@pytest.mark.parametrize("words", [("check", *FREE_MAN), ("show", "dolobene")], ids=" ".join)
def test_a_terminal_gets_colours_unless_no_color_is_set(words: tuple[str, ...]) -> None:
    coloured, plain = on_terminal(*words), on_terminal(*words, NO_COLOR="1")
    assert "\x1b[1m" in coloured or "\x1b[32m" in coloured
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_a_pipe_gets_no_colours() -> None:
    assert "\x1b" not in process([*PROGRAM, "check", *FREE_MAN]).stdout


def test_a_coloured_line_is_no_wider_than_the_terminal() -> None:
    shown = re.sub(r"\x1b\[[0-9;]*m", "", on_terminal("check", *FREE_MAN, COLUMNS="40"))
    assert max(map(len, shown.splitlines())) <= 40


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ("check", "\x1b]0;title\x07"),
        ("check", "--strict", "--has", "\x1b[31m"),
        ("terms", "asthma\u202e"),
        ("plan", "dolobene", *FREE_MAN, "--together", "\x1b[2J"),
        ("\x1b[31m",),
    ],
    ids=ascii,
)
def test_a_terminal_never_sees_control_characters_of_a_value(words: tuple[str, ...]) -> None:
    shown = on_terminal(*words)
    assert visible(re.sub(r"\x1b\[[0-9;]*m", "", shown) if words[0] in {"terms", "check"} else shown)


def test_no_texts_of_a_catalogue_colour_a_terminal(hostile: Path) -> None:
    shown = on_terminal("--catalogue", str(hostile), "check", "--has", "asthma", "--remedy", "dolobene")
    assert visible(re.sub(r"\x1b\[(0|1|3[0-7])m", "", shown))
    assert "\x1b[2J" not in shown
    assert shown.count("\x1b[31m") == shown.count("\x1b[0m") == 1


# Writing files


def test_a_plan_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "plan.txt"
    told = refused("plan", "dolobene", *FREE_MAN, "--output", str(path))
    assert told == f"{path}: cannot be written: no such file or directory"


def test_a_plan_is_not_written_over_a_directory(tmp_path: Path) -> None:
    told = refused("plan", "dolobene", *FREE_MAN, "--output", str(tmp_path), "--overwrite")
    assert told == f"{tmp_path}: cannot be written: is a directory"


def test_a_file_that_exists_is_left_as_it_is_unless_it_may_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("mine", encoding="utf-8")
    words = ("plan", "dolobene", *FREE_MAN, "--output", str(path))
    assert refused(*words) == f"{path}: exists already and was left as it is; add --overwrite to replace it"
    assert path.read_text(encoding="utf-8") == "mine"
    done = run(*words, "--overwrite")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"Written: {path}\n")
    assert path.read_text(encoding="utf-8").startswith("Plan: Dolobene gel\n")


def test_a_message_shows_only_the_offending_value(file: Path) -> None:
    file.write_text('{"id": "Ivan Petrov", "age": 34, "conditions": ["asthma", "xyzzy"]}', encoding="utf-8")
    told = refused("check", "--strict", "--patient", str(file))
    assert "xyzzy" in told
    assert "Ivan" not in told
    assert "34" not in told


def test_a_long_value_is_cut_to_a_bearable_length() -> None:
    assert len(refused("check", "--has", "a" * 100_000)) < 300
    assert len(refused("check", "--remedy", "a" * 100_000)) < 300
    assert len(run("terms", "a" * 100_000).output) < 400
    assert len(refused("check", "--strict", "--has", "a" * 200)) < 300


def test_no_check_leaves_anything_in_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("check", *FREE_MAN).exit_code == 0
    assert run("plan", "dolobene", *FREE_MAN).exit_code == 0
    assert list(tmp_path.iterdir()) == []
