"""Questions and answers: what is asked next, and how an answer is read."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import remedies
from remedies import AnswerError, Catalogue, Patient, Report, answer, check, next_questions
from remedies.advice.interview import Choice, Prompt
from remedies.checking.known import known_of

if TYPE_CHECKING:
    from remedies.advice.answers import Reply

DATA = Path(remedies.__file__).parents[1] / "data"
TODAY = date(2026, 11, 22)
SHIPPED = Catalogue.shipped()
VOCABULARY = SHIPPED.vocabulary
TOPICS = ("conditions", "skin", "allergies", "medicines", "circumstances", "signs")
NOTHING: dict[str, Any] = {topic: {"rest": "no"} for topic in TOPICS}
NOBODY = Patient()
SKIN = Prompt(
    kind="list",
    topic="skin",
    text="Is the skin where it would go like this?",
    choices=tuple(
        Choice(fact=fact, label=VOCABULARY.label(fact)) for fact in ("open-wound", "eczema", "acne", "sensitive-skin")
    ),
)
ILLNESSES = Prompt(
    kind="list",
    topic="conditions",
    text="Does the person have any of these illnesses?",
    choices=tuple(
        Choice(fact=fact, label=VOCABULARY.label(fact)) for fact in ("asthma", "heart-disease", "blood-disorder")
    ),
)
AGE = Prompt(kind="age", topic="age", text="How old is the person who will use it?")
WEEKS = Prompt(kind="weeks", topic="pregnancy", text="How many weeks of pregnancy, and days? (for example 27+3)")
MOTHERHOOD = Prompt(
    kind="pregnancy",
    topic="pregnancy",
    text="Is the person pregnant or breastfeeding?",
    choices=(
        Choice(fact="pregnancy", label="pregnant"),
        Choice(fact="possible", label="might be pregnant"),
        Choice(fact="breastfeeding", label="breastfeeding"),
    ),
)


GIVE_WEEKS = "Please give weeks, 0 to 44, such as 27 or 27+3"


def known(**said: Any) -> Patient:
    return Patient.model_validate(said)


def looked_at(patient: Patient, **more: Any) -> Report:
    return check(patient, SHIPPED, **({"start": TODAY, "as_of": TODAY} | more))


def asked(patient: Patient, unknown: tuple[str, ...] = (), **more: Any) -> tuple[Prompt, ...]:
    return next_questions(looked_at(patient, **more), SHIPPED, unknown)


def said(prompt: Prompt, words: str, patient: Patient = NOBODY) -> Reply:
    return answer(prompt, words, patient, SHIPPED)


def refused(prompt: Prompt, words: str, patient: Patient = NOBODY) -> str:
    with pytest.raises(AnswerError) as caught:
        said(prompt, words, patient)
    return str(caught.value)


def unknown(word: str, near: str = "") -> str:
    """Say how a word that is not understood is asked back."""
    return (
        f"'{word}' is not known here.{near} Choose numbers, 0 for none, ? if you don't know; "
        f"“other: {word}” notes it without an answer."
    )


def facts_of(prompts: tuple[Prompt, ...]) -> list[str]:
    return [fact for prompt in prompts for fact in prompt.facts]


# What is asked


def test_topics_are_asked_in_their_order_and_warning_signs_first() -> None:
    assert [prompt.topic for prompt in asked(NOBODY)] == [
        "signs",
        "age",
        "pregnancy",
        "skin",
        "conditions",
        "allergies",
        "medicines",
        "circumstances",
    ]


@pytest.mark.parametrize(
    ("person", "prompts"), [({"sex": "male"}, 7), ({"sex": "female"}, 8)], ids=["a healthy man", "a healthy woman"]
)
def test_a_healthy_adult_answers_at_most_eight_prompts(person: dict[str, Any], prompts: int) -> None:
    patient, count = known(**person), 0
    while open_ := asked(patient):
        count += 1
        patient = said(open_[0], "34" if open_[0].kind == "age" else "0", patient).patient
    report = looked_at(patient)

    assert count == prompts <= 8
    assert report.undecided == ()
    assert len(report.allowed) == len(SHIPPED.remedies) - 2


def test_pregnancy_is_asked_only_where_it_can_be() -> None:
    for nobody in ({"sex": "male"}, {"age": 7}, {"age": 60}):
        assert "pregnancy" not in [prompt.topic for prompt in asked(known(**nobody))]
    assert "pregnancy" in [prompt.topic for prompt in asked(known(age=59))]


def test_nothing_is_asked_of_somebody_of_whom_everything_is_known() -> None:
    assert asked(known(age=34, sex="male", nothing_else=True)) == ()


def test_a_remedy_that_is_excluded_already_is_not_asked_about() -> None:
    asthmatic = known(conditions=["asthma"])

    assert asked(asthmatic, remedies=["dolobene"]) == ()
    assert facts_of(asked(known(), remedies=["dolobene"]))


def test_naming_a_remedy_narrows_what_is_asked() -> None:
    """A wider fact is asked before the finer one that a single remedy looks at."""
    everything, one = facts_of(asked(NOBODY)), facts_of(asked(NOBODY, remedies=["formic-alcohol"]))

    assert len(one) < len(everything)
    finer = [fact for fact in one if fact not in everything]
    assert [fact for fact in finer if not set(VOCABULARY.wider(fact)) & set(everything)] == []


def test_a_finer_fact_waits_for_the_wider_one() -> None:
    closed = known(age=34, sex="male", **(NOTHING | {"conditions": {}}))
    first = asked(closed)
    then = asked(said(first[0], "liver disease", closed).patient)

    assert "liver-disease" in facts_of(first)
    assert "severe-liver-disease" not in facts_of(first)
    assert facts_of(then) == ["severe-liver-disease"]


def test_a_wider_fact_that_is_not_so_leaves_nothing_finer_to_ask() -> None:
    closed = known(age=34, sex="male", **(NOTHING | {"conditions": {}}))

    assert asked(said(asked(closed)[0], "0", closed).patient) == ()


def test_not_knowing_the_wider_fact_leaves_the_finer_ones_unasked() -> None:
    closed = known(age=34, sex="male", **(NOTHING | {"conditions": {}}))
    reply = said(asked(closed)[0], "?", closed)

    finer = facts_of(asked(reply.patient, reply.unknown))

    assert [fact for fact in finer if set(VOCABULARY.wider(fact)) & set(reply.unknown)] == []


def test_one_fact_that_is_left_is_asked_in_its_own_words() -> None:
    open_ = NOTHING | {"circumstances": {"no": ["large-area-or-long-use"]}}
    (prompt,) = asked(known(age=34, sex="male", **open_), remedies=["fastum-gel"])

    assert prompt.text == (
        "Will the treated skin be in the sun or on a sunbed during treatment or in the two weeks after it?"
    )


def test_weeks_are_asked_of_somebody_pregnant_where_they_decide() -> None:
    woman = known(age=30, sex="female", pregnancy="yes", breastfeeding=False, nothing_else=True)

    (prompt,) = asked(woman, remedies=["diclofenac-gel"])

    assert prompt == WEEKS
    assert asked(said(prompt, "20", woman).patient, remedies=["diclofenac-gel"]) == ()


def test_weeks_that_do_not_decide_are_not_asked_for_in_the_same_words_again() -> None:
    """Week 27 and some days runs into week 28; the same question again would get the same answer."""
    woman = known(age=30, sex="female", pregnancy="yes", breastfeeding=False, nothing_else=True)
    (prompt,) = asked(woman, remedies=["diclofenac-gel"])

    again = asked(said(prompt, "27", woman).patient, remedies=["diclofenac-gel"])

    assert prompt not in again


def test_the_same_weeks_given_twice_are_not_asked_for_a_third_time() -> None:
    woman = known(age=30, sex="female", pregnancy="yes", breastfeeding=False, nothing_else=True)
    first = said(WEEKS, "27", woman)
    (prompt,) = asked(first.patient, remedies=["diclofenac-gel"])
    second = said(prompt, "27", first.patient)

    assert first.unknown == ()
    assert prompt.text == "27 weeks and how many days? 0 to 6"
    assert second.unknown == ("pregnancy",)
    assert second.patient.model_dump()["pregnancy"] == {"weeks": 27, "days": None}
    assert asked(second.patient, second.unknown, remedies=["diclofenac-gel"]) == ()


def test_the_same_age_given_twice_is_not_asked_for_a_third_time() -> None:
    tomorrow = date(2026, 11, 23)
    child = known(sex="male", **NOTHING)
    first = said(AGE, "17", child)
    (prompt,) = asked(first.patient, start=tomorrow)
    second = said(prompt, "17", first.patient)

    assert first.unknown == ()
    assert prompt.text == "When exactly was the person born? (for example 2008-05-17)"
    assert second.unknown == ("age",)
    assert asked(second.patient, second.unknown, start=tomorrow) == ()


@pytest.mark.parametrize("before", [{"age": 17}, {"born": "2008"}], ids=["an age", "a birth year"])
def test_a_second_answer_about_the_age_is_the_last_that_is_asked_for(before: dict[str, Any]) -> None:
    assert said(AGE, "2008-05-17", known(**before)).unknown == ("age",)


@pytest.mark.parametrize(
    ("words", "start"),
    [("2", TODAY), ("2008", TODAY), ("17", date(2026, 11, 23))],
    ids=["2 years, beside a limit of 30 months", "a birth year", "17 on the day before"],
)
def test_an_age_that_does_not_decide_is_not_asked_for_in_the_same_words_again(words: str, start: date) -> None:
    child = known(sex="male", **NOTHING)
    (prompt,) = asked(child, start=start)

    again = asked(said(prompt, words, child).patient, start=start)

    assert prompt not in again


def test_a_better_answer_about_the_age_replaces_the_first() -> None:
    born = said(AGE, "2008-05-17", known(age=17)).patient
    old = said(AGE, "17", known(born="2008")).patient

    assert (born.born, born.age) == ("2008-05-17", None)
    assert (old.born, old.age) == (None, known(age=17).age)


def test_somebody_who_might_be_pregnant_is_not_asked_again() -> None:
    woman = known(age=30, sex="female", nothing_else=True)
    (prompt,) = asked(woman)
    reply = said(prompt, "2", woman)

    assert reply.patient.pregnancy == "possible"
    assert reply.patient.breastfeeding is False
    assert asked(reply.patient, reply.unknown) == ()


def test_might_be_pregnant_from_a_patient_file_still_asks_about_breastfeeding() -> None:
    (prompt,) = asked(known(age=30, sex="female", pregnancy="possible", nothing_else=True))

    assert prompt.text == "Is the person breastfeeding?"
    assert prompt.facts == ("breastfeeding",)


def test_a_woman_known_not_to_breastfeed_is_asked_about_pregnancy_alone() -> None:
    (prompt,) = asked(known(age=30, sex="female", breastfeeding=False, nothing_else=True))

    assert prompt.facts == ("pregnancy", "possible")
    assert prompt.text == "Is the person pregnant?"


def test_every_choice_of_every_list_is_explained_with_the_examples_of_the_data() -> None:
    facts = json.loads((DATA / "facts.json").read_text("utf-8"))["facts"]
    labels = {
        fact["id"]: fact["label"] + (f" (such as {fact['examples']})" if fact.get("examples") else "") for fact in facts
    }

    wider = [known(**{fact["topic"]: [fact["id"]]}) for fact in facts if VOCABULARY.finer(fact["id"])]
    prompts = [prompt for patient in (NOBODY, *wider) for prompt in asked(patient)]
    shown = [choice for prompt in prompts if prompt.kind == "list" for choice in prompt.choices]

    assert [choice.label for choice in shown] == [labels[choice.fact] for choice in shown]
    assert {
        "a tendency to allergies (such as hay fever, eczema or asthma)",
        "a lump or tumour in the treated area",
    } <= {choice.label for choice in shown}


@pytest.mark.parametrize(
    ("person", "start", "text"),
    [
        (
            {"age": 17, "sex": "male", **NOTHING},
            date(2026, 11, 23),
            "When exactly was the person born? (for example 2008-05-17)",
        ),
        (
            {"age": 30, "sex": "female", "pregnancy": {"weeks": 27}, "breastfeeding": False, "nothing_else": True},
            TODAY,
            "27 weeks and how many days? 0 to 6",
        ),
        (
            {"age": 30, "sex": "female", "pregnancy": {"months": 6}, "breastfeeding": False, "nothing_else": True},
            TODAY,
            "Exactly how many weeks and days is it? (27+3)",
        ),
    ],
    ids=["an age", "weeks", "months"],
)
def test_what_is_asked_rests_on_the_patient_and_not_on_the_words_of_the_report(
    person: dict[str, Any], start: date, text: str
) -> None:
    report = looked_at(known(**person), start=start)
    words = report.person.model_copy(
        update={"age": "unknown", "sex": "unknown", "pregnancy": "unknown", "breastfeeding": "unknown"}
    )

    (prompt,) = next_questions(report.model_copy(update={"person": words, "assumed": ()}), SHIPPED)

    assert prompt.text == text


def test_asking_changes_nothing() -> None:
    report = looked_at(NOBODY)
    before = report.model_dump_json()

    assert next_questions(report, SHIPPED) == next_questions(report, SHIPPED, ())
    assert report.model_dump_json() == before


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
    assert sorted(reply.patient.skin.no) == sorted({*SKIN.facts} - {*yes})
    assert reply.patient.skin.rest == "unknown"
    assert reply.unknown == ()


@pytest.mark.parametrize("words", ["0", " 0 ", "none", "None of these.", "no", "нет", "Нет!", "ничего"])
def test_none_of_these_can_be_said_in_both_languages(words: str) -> None:
    reply = said(SKIN, words)

    assert reply.patient.skin.yes == ()
    assert reply.patient.skin.no == SKIN.facts


@pytest.mark.parametrize("words", ["?", " ? ", "don't know", "I don’t know", "не знаю", "НЕ ЗНАЮ"])
def test_not_knowing_leaves_the_whole_list_unknown(words: str) -> None:
    reply = said(SKIN, words)

    assert reply.patient == NOBODY
    assert reply.unknown == SKIN.facts


def test_not_knowing_the_rest_keeps_what_was_said() -> None:
    reply = said(SKIN, "1, ?")

    assert reply.patient.skin.yes == ("open-wound",)
    assert reply.patient.skin.no == ()
    assert reply.unknown == ("eczema", "acne", "sensitive-skin")


DOUBTS = ["0?", "? 0", "no?", "нет?", "Нет ?", "none?", "0, ?", "no, ?", "?, нет", "? нет ? ?", "0, 1, ?"]


@pytest.mark.parametrize("words", DOUBTS)
@pytest.mark.parametrize("prompt", [SKIN, MOTHERHOOD], ids=["a list", "pregnancy"])
def test_doubt_beside_a_no_is_refused_and_rules_nothing_out(prompt: Prompt, words: str) -> None:
    told = refused(prompt, words)

    assert told == f"'{words}' is not clear; 0 means none of these, a lone ? that you don't know."


def test_doubt_beside_a_yes_is_refused_where_there_is_one_choice() -> None:
    one = SKIN.model_copy(update={"choices": SKIN.choices[:1]})

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

    assert reply.patient.conditions == known(conditions={"yes": ["asthma"], "no": [*ILLNESSES.facts[1:]]}).conditions
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
        ("1 ?", "'1 ?' is not clear; put a comma between numbers of the list and words."),
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
def test_a_comma_alone_is_no_answer_and_rules_nothing_out(prompt: Prompt, words: str) -> None:
    assert refused(prompt, words) == "Please answer; ? means that you don't know."


@pytest.mark.parametrize(
    ("prompt", "code", "facts"),
    [(ILLNESSES, "D68", ("blood-disorder",)), (SKIN, "L30", ("eczema",))],
    ids=["D68 may be a blood disorder", "L30 may be eczema there"],
)
def test_a_code_that_is_only_a_reason_to_ask_rules_nothing_out(
    prompt: Prompt, code: str, facts: tuple[str, ...]
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
    assert reply.patient.skin.no == SKIN.facts


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
    one = SKIN.model_copy(update={"choices": SKIN.choices[:1]})

    assert said(one, words).patient.skin.yes == ("open-wound",)


def test_yes_is_no_answer_to_a_longer_list() -> None:
    assert refused(SKIN, "yes") == unknown("yes")


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
    assert refused(AGE, words).startswith(("must be a whole number of years from 0 to 120", "must be a date"))


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
    alone = MOTHERHOOD.model_copy(update={"text": "Is the person breastfeeding?", "choices": MOTHERHOOD.choices[2:]})

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


def test_the_same_months_given_twice_are_not_asked_for_a_third_time() -> None:
    woman = known(age=30, sex="female", pregnancy={"months": 6}, breastfeeding=False, nothing_else=True)
    (prompt,) = asked(woman, remedies=["diclofenac-gel"])
    again, better = said(prompt, "6 months", woman), said(prompt, "27", woman)

    assert again.unknown == ("pregnancy",)
    assert asked(again.patient, again.unknown, remedies=["diclofenac-gel"]) == ()
    assert better.unknown == ()
    assert [one.text for one in asked(better.patient, remedies=["diclofenac-gel"])] == [
        "27 weeks and how many days? 0 to 6"
    ]


# Words that are not simply facts


@pytest.mark.parametrize("words", ["asthma?", "?asthma", "suspected asthma", "астма?", "подозрение на астму"])
def test_doubt_at_a_list_leaves_the_fact_unknown(words: str) -> None:
    reply = said(ILLNESSES, words)

    assert reply.unknown == ("asthma",)
    assert reply.patient.conditions == known(conditions={"no": ["heart-disease", "blood-disorder"]}).conditions


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

    assert reply.patient.conditions == known(conditions={"yes": [words], "no": [*ILLNESSES.facts]}).conditions
    assert reply.unknown == ()


def test_a_word_that_is_not_understood_is_asked_back_with_what_it_may_mean() -> None:
    assert refused(ILLNESSES, "astmma") == unknown("astmma", " Did you mean asthma?")
    assert refused(ILLNESSES, "1, астмма") == unknown("астмма", " Did you mean астма?")


@pytest.mark.parametrize("words", ["other: xyzzy", "Other:xyzzy", "другое: xyzzy", "ДРУГОЕ : xyzzy"])
def test_a_word_that_is_set_aside_is_noted_and_the_list_answered(words: str) -> None:
    reply = said(ILLNESSES, words)

    assert reply.patient.conditions == known(conditions={"other": ["xyzzy"], "no": [*ILLNESSES.facts]}).conditions


@pytest.mark.parametrize("words", ["mother had asthma", "family history of asthma", "у отца астма"])
def test_what_is_said_of_the_family_is_asked_back(words: str) -> None:
    message = f"'{words}' is about the family; please say what the person has, or 0 for none."
    assert refused(ILLNESSES, words) == message


def test_a_code_that_proves_one_thing_and_prompts_another_keeps_both() -> None:
    """K74, fibrosis of the liver, may come from an autoimmune disease."""
    facts = ("liver-disease", "autoimmune-disease", "asthma")
    choices = tuple(Choice(fact=fact, label=VOCABULARY.label(fact)) for fact in facts)

    patient = said(ILLNESSES.model_copy(update={"choices": choices}), "K74").patient

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
