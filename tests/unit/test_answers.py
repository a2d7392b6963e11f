"""How typed answers are read: numbers, words in two languages, none, don't know; ages, pregnancy, weeks."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple

import pytest

from remedies import AnswerError, Catalogue, Patient, interview
from remedies.advice.replay import replayed
from remedies.advice.screens import screen_of
from remedies.advice.state import Screen, State
from remedies.advice.typed import by_words
from remedies.checking.known import known_of

TODAY = date(2026, 11, 22)
SHIPPED = Catalogue.shipped()
VOCABULARY = SHIPPED.vocabulary
NOBODY = Patient()


def screen(name: str, *facts: str) -> Screen:
    """Make a screen that asks about some facts."""
    return screen_of(name, facts, NOBODY, SHIPPED.rulebook)


def facts_of(shown: Screen) -> tuple[str, ...]:
    return tuple(item.fact for item in shown.items)


SKIN = screen("skin-list", "open-wound", "eczema", "acne", "sensitive-skin")
ILLNESSES = screen("illness-list", "asthma", "heart-disease", "blood-disorder")
AGE = screen("person", "age")
PERSON = screen("person", "age", "sex")
WEEKS = screen("details", "pregnancy")
MOTHERHOOD = screen("pregnancy", "pregnancy", "breastfeeding")
GIVE_WEEKS = "Please give weeks, 0 to 44, such as 27 or 27+3"
GIVE_AGE = "Please give years, 0 to 120, such as 34; for a baby months, such as 7m; or a birth date: 17.05.1990."


class Reply(NamedTuple):
    """The patient after an answer, and what the answer leaves unknown."""

    patient: Patient
    unknown: tuple[str, ...]


def known(**said: Any) -> Patient:
    return Patient.model_validate(said)


def said(shown: Screen, words: str, patient: Patient = NOBODY) -> Reply:
    """Answer a screen, and tell what that comes to together with what was known."""
    about = Patient(age=patient.age, born=patient.born, pregnancy=patient.pregnancy)
    one = by_words(shown, words, patient, SHIPPED.rulebook).model_copy(update={"refined": about})
    state = State(catalogue=SHIPPED.sha256, as_of=TODAY, start=TODAY, days=5, patient=patient, answers=(one,))
    facts = [fact for topic in ("conditions", "skin") for fact in one.said.answers(topic).unknown]
    return Reply(replayed(state, SHIPPED.rulebook).patient, (*one.unknown, *facts))


def refused(shown: Screen, words: str, patient: Patient = NOBODY) -> str:
    with pytest.raises(AnswerError) as caught:
        said(shown, words, patient)
    return str(caught.value)


def unknown(word: str, near: str = "") -> str:
    """Say how a word that is not understood is asked back."""
    return (
        f"'{word}' is not known here.{near} Choose numbers, 0 for none, ? if you don't know; "
        f"“other: {word}” notes it without an answer."
    )


# How a list is answered


@pytest.mark.parametrize(
    ("words", "yes"),
    [
        ("1", ["open-wound"]),
        ("1,2 , 4", ["open-wound", "eczema", "sensitive-skin"]),
        ("4 2", ["eczema", "sensitive-skin"]),
        ("2;3", ["eczema", "acne"]),
        ("2,2", ["eczema"]),
        (" 3 ", ["acne"]),
        ("eczema", ["eczema"]),
        ("ЭКЗЕМА", ["eczema"]),
        ("экзема, 1", ["eczema", "open-wound"]),
        ("1, угри", ["open-wound", "acne"]),
    ],
)
def test_numbers_and_words_say_what_is_so_and_the_rest_of_the_list_is_not(words: str, yes: list[str]) -> None:
    reply = said(SKIN, words)

    assert sorted(reply.patient.skin.yes) == sorted(yes)
    assert sorted(reply.patient.skin.no) == sorted({*facts_of(SKIN)} - {*yes})
    assert reply.patient.skin.rest == "unknown"
    assert reply.unknown == ()


@pytest.mark.parametrize("words", ["0", " 0 ", "none", "None of these.", "no", "нет", "Нет!", "ничего"])
def test_none_of_these_can_be_said_in_both_languages(words: str) -> None:
    reply = said(SKIN, words)

    assert reply.patient.skin.yes == ()
    assert reply.patient.skin.no == facts_of(SKIN)


@pytest.mark.parametrize("words", ["?", " ? ", "don't know", "I don’t know", "не знаю", "НЕ ЗНАЮ"])
def test_not_knowing_leaves_the_whole_list_unknown(words: str) -> None:
    reply = said(SKIN, words)

    assert reply.patient == known(skin={"unknown": [*facts_of(SKIN)]})
    assert reply.unknown == facts_of(SKIN)


@pytest.mark.parametrize(
    "words",
    [
        *("1, ?", "1 ?", "? 1", "1, don't know", "1, and I don't know about the rest"),
        *(
            "1 and I don't know about the others",
            "1, the rest unknown",
            "1, про остальное не знаю",
            "1, остальное не знаю",
        ),
    ],
)
def test_not_knowing_the_rest_keeps_what_was_said(words: str) -> None:
    reply = said(SKIN, words)

    assert reply.patient.skin.yes == ("open-wound",)
    assert reply.patient.skin.no == ()
    assert reply.unknown == ("eczema", "acne", "sensitive-skin")


DOUBTS = ["0?", "? 0", "no?", "нет?", "Нет ?", "none?", "0, ?", "no, ?", "?, нет", "? нет ? ?", "0, 1, ?"]


@pytest.mark.parametrize("words", DOUBTS)
@pytest.mark.parametrize("prompt", [SKIN, MOTHERHOOD], ids=["a list", "pregnancy"])
def test_doubt_beside_a_no_is_refused_and_rules_nothing_out(prompt: Screen, words: str) -> None:
    told = refused(prompt, words)

    assert told == f"'{words}' is not clear; 0 means none of these, a lone ? that you don't know."


def test_doubt_beside_a_yes_is_refused_where_there_is_one_choice() -> None:
    one = screen("skin-list", "open-wound")

    assert refused(one, "yes?") == unknown("yes?")


def test_not_knowing_the_rest_about_pregnancy_keeps_what_was_said() -> None:
    reply = said(MOTHERHOOD, "1, ?")

    assert (reply.patient.pregnancy, reply.patient.breastfeeding) == ("yes", None)
    assert reply.unknown == ("breastfeeding",)


def test_words_of_other_topics_are_kept_there_beside_what_was_known() -> None:
    before = known(skin={"yes": ["burn"], "no": ["acne"]}, medicines={"yes": ["варфарин"]})

    reply = said(ILLNESSES, "метотрексат, экзема, ибупрофен", before)

    assert reply.patient.skin == known(skin={"yes": ["burn", "eczema"], "no": ["acne"]}).skin
    assert (
        reply.patient.medicines
        == known(medicines=["варфарин", "methotrexate", "метотрексат", "nsaids-systemic"]).medicines
    )
    assert reply.patient.allergies == NOBODY.allergies
    assert reply.patient.conditions == NOBODY.conditions
    assert reply.unknown == ()


def test_several_words_of_one_other_topic_are_all_kept() -> None:
    reply = said(ILLNESSES, "метотрексат, варфарин")

    assert reply.patient.medicines.yes == ("methotrexate", "метотрексат", "vitamin-k-antagonists")


def test_a_word_of_another_topic_beside_an_answer_settles_both() -> None:
    reply = said(ILLNESSES, "1, метотрексат")

    assert (
        reply.patient.conditions == known(conditions={"yes": ["asthma"], "no": [*facts_of(ILLNESSES)[1:]]}).conditions
    )
    assert reply.patient.medicines.yes == ("methotrexate", "метотрексат")


def test_a_word_of_another_topic_is_kept_there_and_the_list_is_asked_again() -> None:
    reply = said(SKIN, "warfarin", known(age=34))

    assert reply.patient.medicines.yes == ("vitamin-k-antagonists",)
    assert reply.patient.skin.no == ()
    assert reply.unknown == ()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("13", "There is no 13 here; choose from 1 to 4, 0 for none of these, ? if you don't know."),
        ("1, 5", "There is no 5 here; choose from 1 to 4, 0 for none of these, ? if you don't know."),
        ("0 1", "There is no 0 here; choose from 1 to 4, 0 for none of these, ? if you don't know."),
        ("0, 1", "'0, 1' is not clear; 0 means none of these, a lone ? that you don't know."),
        ("1 eczema", "'1 eczema' is not clear; put a comma between numbers of the list and words."),
        ("1. eczema", "'1. eczema' is not clear; put a comma between numbers of the list and words."),
        ("acne, 4) eczema", "'4) eczema' is not clear; put a comma between numbers of the list and words."),
        ("1 and 2", "'1 and 2' is not clear; put a comma between numbers of the list and words."),
        ("", "Please answer; ? means that you don't know."),
        ("  \t ", "Please answer; ? means that you don't know."),
        ("1, xyzzy", unknown("xyzzy")),
        ("-1", unknown("-1")),
        (
            "\x1b[2J",
            (
                r"'\x1b[2J' is not known here. Choose numbers, 0 for none, ? if you don't know; "
                r"“other: \x1b[2J” notes it without an answer."
            ),
        ),
        ("1" * (201), "That is too long; at most 200 characters are read."),
    ],
)
def test_an_answer_that_cannot_be_read_says_how_to_answer(words: str, message: str) -> None:
    assert refused(SKIN, words) == message


@pytest.mark.parametrize("words", [",", ";", " , ,", ";,"])
@pytest.mark.parametrize("prompt", [SKIN, MOTHERHOOD], ids=["a list", "pregnancy"])
def test_a_comma_alone_is_no_answer_and_rules_nothing_out(prompt: Screen, words: str) -> None:
    assert refused(prompt, words) == "Please answer; ? means that you don't know."


@pytest.mark.parametrize(
    ("prompt", "code", "facts"),
    [(ILLNESSES, "D68", ("blood-disorder",)), (SKIN, "L30", ("eczema",))],
    ids=["D68 may be a blood disorder", "L30 may be eczema there"],
)
def test_a_code_that_is_only_a_reason_to_ask_rules_nothing_out(
    prompt: Screen, code: str, facts: tuple[str, ...]
) -> None:
    patient = NOBODY
    with suppress(AnswerError):
        patient = said(prompt, code).patient

    no = known_of(patient, VOCABULARY).no
    assert [fact for fact in facts if no >> VOCABULARY.number[fact] & 1] == []


def test_a_word_for_something_finer_leaves_the_wider_fact_of_the_list_alone() -> None:
    reply = said(ILLNESSES, "heart failure")

    assert reply.patient.conditions.yes == ("heart-failure",)
    assert reply.patient.conditions.no == ("asthma", "blood-disorder")


def test_a_word_of_the_topic_that_is_not_on_the_list_counts() -> None:
    reply = said(SKIN, "burn")

    assert reply.patient.skin.yes == ("burn",)
    assert reply.patient.skin.no == facts_of(SKIN)


def test_answers_of_one_topic_add_up() -> None:
    before = known(skin={"yes": ["burn"], "no": ["skin-ulcer"]})

    after = said(SKIN, "2", before).patient.skin

    assert after.yes == ("burn", "eczema")
    assert after.no == ("skin-ulcer", "open-wound", "acne", "sensitive-skin")


def test_a_word_against_an_earlier_answer_is_refused() -> None:
    before = known(skin={"no": ["burn"]})

    assert refused(SKIN, "burn", before) == "burn (a burn) is given both as yes and as no"


@pytest.mark.parametrize("words", ["yes", "да", "Y", "1"])
def test_yes_answers_a_list_of_one(words: str) -> None:
    one = screen("skin-list", "open-wound")

    assert said(one, words).patient.skin.yes == ("open-wound",)


def test_yes_is_no_answer_to_a_longer_list() -> None:
    assert refused(SKIN, "yes") == "Which of them? Please choose from 1 to 4, or say it in words."


# Age and sex


@pytest.mark.parametrize(
    ("words", "age", "sex"),
    [
        *(("34, man", 34, "male"), ("man 34", 34, "male"), ("34 года, ж", 34, "female"), ("Woman, 70", 70, "female")),
        *(("34, ?", 34, None), ("?, man", None, "male"), ("мужчина 60 лет", 60, "male"), ("11 male", 11, "male")),
    ],
)
def test_age_and_sex_are_read_in_any_order(words: str, age: int | None, sex: str | None) -> None:
    reply = said(PERSON, words)

    assert reply.patient == known(age=age, sex=sex)
    assert {*reply.unknown} == {name for name, value in (("age", age), ("sex", sex)) if value is None}


@pytest.mark.parametrize("words", ["34 м", "7 m", "34м."])
def test_what_may_be_months_or_a_man_is_asked_back(words: str) -> None:
    assert refused(PERSON, words) == f"'{words}' may be months or a man; write “34, man”, or “7 months, boy”."


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("34", "Please say whether it is a man or a woman as well, such as “34, man”; ? for what you don't know."),
        ("man", "Please say the age as well, such as “34, man”; ? for what you don't know."),
        ("340, man", GIVE_AGE),
    ],
)
def test_what_is_missing_of_age_and_sex_is_said(words: str, message: str) -> None:
    assert refused(PERSON, words) == message


def test_not_knowing_age_and_sex_is_an_answer() -> None:
    assert said(PERSON, "не знаю") == (NOBODY, ("age", "sex"))


@pytest.mark.parametrize(
    ("words", "weeks", "breastfeeding"),
    [("27+3", {"weeks": 27, "days": 3}, False), ("27 недель, 3", {"weeks": 27, "days": None}, True)],
)
def test_how_far_a_pregnancy_has_gone_may_be_said_at_once(
    words: str, weeks: dict[str, int], *, breastfeeding: bool
) -> None:
    patient = said(MOTHERHOOD, words).patient

    assert patient.model_dump()["pregnancy"] == weeks
    assert patient.breastfeeding is breastfeeding


# Age, pregnancy, weeks


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("34", {"years": 34}),
        (" 0 ", {"years": 0}),
        ("34 years", {"years": 34}),
        ("34 года", {"years": 34}),
        ("2 years 7 months", {"years": 2, "months": 7}),
        ("2 года и 7 мес.", {"years": 2, "months": 7}),
        ("7m", {"years": 0, "months": 7}),
        ("7 месяцев", {"years": 0, "months": 7}),
        ("1y6m", {"years": 1, "months": 6}),
    ],
)
def test_an_age_is_read_as_people_write_it(words: str, age: dict[str, int]) -> None:
    found = said(AGE, words).patient.age

    assert found is not None
    assert found.model_dump(exclude_none=True) == age


@pytest.mark.parametrize(
    ("words", "born"),
    [
        *(("1990", "1990"), ("1990-05", "1990-05"), ("1990-05-17", "1990-05-17"), ("1990 г.", "1990")),
        *(("17.05.1990", "1990-05-17"), ("17 мая 1990 года", "1990-05-17"), ("May 1990", "1990-05")),
    ],
)
def test_a_birth_date_answers_the_question_of_age(words: str, born: str) -> None:
    assert said(AGE, words).patient.born == born


@pytest.mark.parametrize("words", ["-3", "121", "thirty", "1990-13", "30.02.1990", "34M", "7 8"])
def test_an_age_that_cannot_be_is_refused(words: str) -> None:
    assert refused(AGE, words) == GIVE_AGE


def test_not_knowing_the_age_is_an_answer() -> None:
    assert said(AGE, "?").unknown == ("age",)


@pytest.mark.parametrize(
    ("words", "pregnancy", "breastfeeding"),
    [
        ("0", "no", False),
        ("нет", "no", False),
        ("1", "yes", False),
        ("2", "possible", False),
        ("3", "no", True),
        ("1,3", "yes", True),
    ],
)
def test_pregnancy_and_breastfeeding_are_answered_at_once(words: str, pregnancy: str, *, breastfeeding: bool) -> None:
    patient = said(MOTHERHOOD, words).patient

    assert (patient.pregnancy, patient.breastfeeding) == (pregnancy, breastfeeding)


def test_not_knowing_about_pregnancy_leaves_both_unknown() -> None:
    reply = said(MOTHERHOOD, "?")

    assert (reply.patient.pregnancy, reply.patient.breastfeeding) == (None, None)
    assert set(reply.unknown) >= {"pregnancy", "breastfeeding"}


@pytest.mark.parametrize(
    ("words", "pregnancy", "breastfeeding"),
    [
        ("pregnant", "yes", False),
        ("беременна", "yes", False),
        ("breastfeeding", "no", True),
        ("might be pregnant", "possible", False),
    ],
)
def test_words_are_accepted_about_pregnancy_as_the_prompt_says(
    words: str, pregnancy: str, *, breastfeeding: bool
) -> None:
    patient = said(MOTHERHOOD, words).patient

    assert (patient.pregnancy, patient.breastfeeding) == (pregnancy, breastfeeding)


def test_yes_answers_the_question_whether_somebody_is_breastfeeding() -> None:
    alone = screen("pregnancy", "breastfeeding")

    assert said(alone, "yes").patient.breastfeeding is True
    assert said(alone, "да").patient.breastfeeding is True


@pytest.mark.parametrize("words", ["soon", "yes", "pregnant?", "да", "asthma", "1, soon", "-1"])
def test_an_answer_about_pregnancy_that_means_nothing_says_how_to_answer(words: str) -> None:
    assert refused(MOTHERHOOD, words) == ("Please answer with numbers from 1 to 3, 0 for neither, ? if you don't know.")


def test_a_number_that_is_not_there_is_refused_about_pregnancy_too() -> None:
    assert refused(MOTHERHOOD, "4") == (
        "There is no 4 here; choose from 1 to 3, 0 for none of these, ? if you don't know."
    )


@pytest.mark.parametrize(
    ("words", "weeks", "days"),
    [
        *(("27", 27, None), (" 8 w", 8, None), ("0", 0, None), ("44", 44, None), ("8 недель", 8, None)),
        *(("27+3", 27, 3), ("27w3d", 27, 3), ("27 weeks 3 days", 27, 3), ("27 недель и 3 дня", 27, 3)),
        *(("27+3 недели", 27, 3), ("27 weeks pregnant", 27, None), ("44+6", 44, 6), ("27+0", 27, 0)),
    ],
)
def test_weeks_are_read_as_people_write_them(words: str, weeks: int, days: int | None) -> None:
    assert said(WEEKS, words).patient.model_dump()["pregnancy"] == {"weeks": weeks, "days": days}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("soon", f"{GIVE_WEEKS}."),
        ("27+30", f"{GIVE_WEEKS}."),
        ("45", f"{GIVE_WEEKS}."),
        ("27+7", f"{GIVE_WEEKS}."),
        ("100", f"{GIVE_WEEKS}."),
        ("yes", f"{GIVE_WEEKS}."),
        ("нет", f"{GIVE_WEEKS}."),
        ("27.6 weeks", f"{GIVE_WEEKS}; 27.6 may be 27 weeks and 6 days (27+6) or a fraction of a week."),
        ("27,6", f"{GIVE_WEEKS}; 27,6 may be 27 weeks and 6 days (27+6) or a fraction of a week."),
    ],
)
def test_weeks_that_cannot_be_read_say_how_to_write_them(words: str, message: str) -> None:
    assert refused(WEEKS, words) == message


@pytest.mark.parametrize(
    ("words", "pregnancy"),
    [
        ("6 months", {"months": 6}),
        ("6 мес", {"months": 6}),
        ("2nd trimester", {"trimester": 2}),
        ("3 триместр", {"trimester": 3}),
        ("due 20.02.2027", {"due": "2027-02-20"}),
        ("ПДР 20 февраля 2027", {"due": "2027-02-20"}),
        ("last period 2026-05-16", {"last_period": "2026-05-16"}),
        ("последние месячные 16.05.2026", {"last_period": "2026-05-16"}),
    ],
)
def test_a_time_of_pregnancy_may_be_said_in_other_ways_than_weeks(words: str, pregnancy: dict[str, Any]) -> None:
    assert said(WEEKS, words).patient.model_dump()["pregnancy"] == pregnancy


IN_WEEK_27 = known(sex="female", pregnancy={"weeks": 27})


@pytest.mark.parametrize(
    ("words", "days"),
    [
        *(("0", 0), ("6", 6), ("3 days", 3), ("1 day", 1), ("3 дня", 3), ("5 дн.", 5), ("6d", 6)),
        *(("27+3", 3), ("27 weeks 3 days", 3), ("27 недель 3 дня", 3)),
    ],
)
def test_after_whole_weeks_an_answer_adds_the_days(words: str, days: int) -> None:
    assert said(WEEKS, words, IN_WEEK_27).patient.model_dump()["pregnancy"] == {"weeks": 27, "days": days}


@pytest.mark.parametrize("weeks", [0, 5, 6])
def test_after_few_weeks_a_small_number_is_days_all_the_same(weeks: int) -> None:
    patient = said(WEEKS, "5", known(pregnancy={"weeks": weeks})).patient

    assert patient.model_dump()["pregnancy"] == {"weeks": weeks, "days": 5}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("7", "27 weeks and how many days? 0 to 6; ? if you don't know."),
        ("26", "27 weeks and how many days? 0 to 6; ? if you don't know."),
        ("28", "27 weeks and how many days? 0 to 6; ? if you don't know."),
        ("26+6", "That differs from 27 weeks. How many days more? 0 to 6; ? if you don't know."),
        ("28+0", "That differs from 27 weeks. How many days more? 0 to 6; ? if you don't know."),
        ("7 days", "That differs from 27 weeks. How many days more? 0 to 6; ? if you don't know."),
        ("6 months", "That differs from 27 weeks. How many days more? 0 to 6; ? if you don't know."),
    ],
)
def test_after_whole_weeks_no_answer_says_other_weeks(words: str, message: str) -> None:
    assert refused(WEEKS, words, IN_WEEK_27) == message


# Words that are not simply facts


@pytest.mark.parametrize("words", ["asthma?", "?asthma", "suspected asthma", "астма?", "подозрение на астму"])
def test_doubt_at_a_list_leaves_the_fact_unknown(words: str) -> None:
    reply = said(ILLNESSES, words)

    assert reply.unknown == ("asthma",)
    assert (
        reply.patient.conditions
        == known(conditions={"unknown": ["asthma"], "no": ["heart-disease", "blood-disorder"]}).conditions
    )


@pytest.mark.parametrize("words", ["no asthma", "asthma (-)", "нет астмы", "not asthma"])
def test_a_denial_at_a_list_denies_its_fact_and_leaves_the_rest_to_be_asked(words: str) -> None:
    reply = said(ILLNESSES, words)

    assert reply.patient.conditions == known(conditions={"no": ["asthma"]}).conditions
    assert reply.unknown == ()


def test_a_denial_beside_a_choice_settles_the_list() -> None:
    reply = said(ILLNESSES, "2, no asthma")

    assert reply.patient.conditions.yes == ("heart-disease",)
    assert sorted(reply.patient.conditions.no) == ["asthma", "blood-disorder"]


@pytest.mark.parametrize("words", ["no warfarin", "no J45.0", "no gout"])
def test_a_denial_of_what_is_narrower_than_any_fact_of_the_list_rules_nothing_out(words: str) -> None:
    assert said(ILLNESSES, words).patient == NOBODY


@pytest.mark.parametrize("words", ["gout", "подагра"])
def test_a_real_illness_that_no_rule_looks_at_is_kept_as_it_was_typed(words: str) -> None:
    reply = said(ILLNESSES, words)

    assert reply.patient.conditions == known(conditions={"yes": [words], "no": [*facts_of(ILLNESSES)]}).conditions
    assert reply.unknown == ()


def test_a_word_that_is_not_understood_is_asked_back_with_what_it_may_mean() -> None:
    assert refused(ILLNESSES, "astmma") == unknown("astmma", " Did you mean asthma?")
    assert refused(ILLNESSES, "1, астмма") == unknown("астмма", " Did you mean астма?")


@pytest.mark.parametrize("words", ["other: xyzzy", "Other:xyzzy", "другое: xyzzy", "ДРУГОЕ : xyzzy"])
def test_a_word_that_is_set_aside_is_noted_and_the_list_answered(words: str) -> None:
    reply = said(ILLNESSES, words)

    assert reply.patient.conditions == known(conditions={"other": ["xyzzy"], "no": [*facts_of(ILLNESSES)]}).conditions


@pytest.mark.parametrize("words", ["mother had asthma", "family history of asthma", "у отца астма"])
def test_what_is_said_of_the_family_is_asked_back(words: str) -> None:
    message = f"'{words}' is about the family; please say what the person has, or 0 for none."
    assert refused(ILLNESSES, words) == message


def test_a_code_that_proves_one_thing_and_prompts_another_keeps_both() -> None:
    """K74, fibrosis of the liver, may come from an autoimmune disease."""
    facts = ("liver-disease", "autoimmune-disease", "asthma")
    patient = said(screen("illness-list", *facts), "K74").patient

    assert "liver-disease" in patient.conditions.yes
    assert patient.conditions.no == ("asthma",)
    assert "autoimmune-disease" in known_of(patient, VOCABULARY).prompted


def test_a_pregnancy_named_at_a_list_is_kept_and_the_list_asked_again() -> None:
    reply = said(ILLNESSES, "27 weeks pregnant")

    assert reply.patient.model_dump()["pregnancy"] == {"weeks": 27, "days": None}
    assert reply.patient.conditions == NOBODY.conditions


def test_the_birth_of_the_child_of_a_man_is_no_question() -> None:
    man = known(sex="male")

    assert refused(MOTHERHOOD, "1", man) == "was given for a man; leave it out, or correct sex"


# Plain questions and details

ILLNESS = screen("illness", "illness")


@pytest.mark.parametrize(
    ("words", "gate"),
    [
        *(("yes", "yes"), ("да", "yes"), ("1", "yes"), ("Y", "yes"), ("no", "no"), ("нет", "no"), ("0", "no")),
        *(("?", "unknown"), ("не знаю", "unknown"), ("gout", "yes"), ("asthma, COPD", "yes"), ("asthma?", "unknown")),
    ],
)
def test_a_plain_question_takes_yes_no_and_words(words: str, gate: str) -> None:
    assert by_words(ILLNESS, words, NOBODY, SHIPPED.rulebook).gate == gate


@pytest.mark.parametrize("words", ["no?", "2", "yes, ?", "0, asthma"])
def test_what_is_not_clear_about_a_plain_question_is_asked_back(words: str) -> None:
    assert refused(ILLNESS, words).endswith("is not clear; please say yes, no, or ? if you don't know.")


def test_words_at_a_plain_question_are_kept() -> None:
    one = by_words(ILLNESS, "gout, eczema", NOBODY, SHIPPED.rulebook)

    assert one.said == known(conditions=["gout"], skin=["eczema"])


def test_details_take_an_answer_for_each() -> None:
    three = screen("details", "heart-failure", "angina", "arrhythmia")

    assert said(three, "yes, no, ?") == said(three, "да нет ?")
    assert said(three, "y n ?").patient == known(
        conditions={"yes": ["heart-failure"], "no": ["angina"], "unknown": ["arrhythmia"]}
    )
    assert said(three, "?").unknown == ("heart-failure", "angina", "arrhythmia")
    assert refused(three, "yes, no") == "Please give 3 answers, with commas; ? for what you don't know."
    assert refused(three, "yes, no, perhaps") == "'perhaps' is not clear; please say yes, no, or ? if you don't know."


@pytest.mark.parametrize("words", ["no", "none", "нет", "asthma", "no asthma", "Finalgon"])
@pytest.mark.parametrize("rest", ["no", "unknown"])
def test_what_is_said_of_all_the_rest_holds_whatever_is_written_beside_it(words: str, rest: str) -> None:
    state = interview.answer(interview.begin(), "signs", {"rest": rest, "words": words})
    signs = state.answers[-1].said.signs
    facts = {item.fact for item in interview.screens(interview.begin())[0].items}
    told = {
        *signs.no,
        *signs.unknown,
        *state.answers[-1].said.conditions.no,
        *state.answers[-1].said.conditions.unknown,
    }
    assert facts <= told
    assert bool(signs.no) == (rest == "no")
    assert "signs" not in {screen.id.partition("-")[0] for screen in interview.screens(state)}
