"""A plan: its bounds and who set them, its dates and amounts, its refusals, and every format of it."""

from __future__ import annotations

import json
import re
import sys
from datetime import date, datetime, time, timedelta
from html.parser import HTMLParser
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from remedies import Catalogue, CourseError, MissingExtraError, Patient, PlanError, UnknownRemedyError
from remedies.advice.limits import dose_for, limits_of
from remedies.advice.plan import After, Plan, Refusal, plan
from remedies.knowledge.records import Dose, Usage
from remedies.pages.layout import as_markdown, as_text
from remedies.pages.plan import as_calendar, as_html, rendered, sections, timetable
from remedies.advice.schedule import Day

TODAY = date(2026, 11, 22)
SHIPPED = Catalogue.shipped()
REMEDIES = [one.id for one in SHIPPED.remedies]
PLANNED = [one.id for one in SHIPPED.remedies if one.usage is not None]
ARTICLE = [{"ref": "article", "section": "general"}]
LABEL = [{"ref": "fastum-keto-uk", "section": "dosage"}]
BATH = "A warm bath or shower, neither hot nor cold, can ease the pain."
NO_BATH = "It does not go with heat: leave the warm bath out on the days of use."


def person(**known: Any) -> Patient:
    document = {"age": 34, "nothing_else": True} | ({} if "pregnancy" in known else {"sex": "male"}) | known
    return Patient.model_validate(document)


def pregnant(weeks: int, days: int) -> Patient:
    return person(sex="female", pregnancy={"weeks": weeks, "days": days}, breastfeeding=False)


HEALTHY = person()


def asked(remedy: str, patient: Patient = HEALTHY, **more: Any) -> Plan | Refusal:
    return plan(remedy, patient, SHIPPED, **({"start": TODAY, "as_of": TODAY} | more))


def planned(remedy: str, patient: Patient = HEALTHY, **more: Any) -> Plan:
    made = asked(remedy, patient, **more)
    assert isinstance(made, Plan), made
    return made


def refused(remedy: str, patient: Patient = HEALTHY, **more: Any) -> Refusal:
    made = asked(remedy, patient, **more)
    assert isinstance(made, Refusal), made
    return made


def bounds(made: Plan) -> dict[str, tuple[int | str, tuple[str, ...]]]:
    return {bound.limit: (bound.value, bound.set_by) for bound in made.bounds}


def dose(**numbers: Any) -> Dose:
    return Dose.model_validate_json(json.dumps(numbers))


# What is planned for whom


@pytest.mark.parametrize("remedy", PLANNED)
def test_every_remedy_with_a_dose_is_planned_for_a_healthy_adult(remedy: str) -> None:
    made = planned(remedy)

    assert made.verdict == ("ask-doctor" if remedy == "zhivokost" else "allowed")
    assert made.remedy == remedy
    assert made.start == TODAY
    assert made.last_day == TODAY + timedelta(days=made.days - 1)
    assert {use.date() for use in made.uses} == {day for day, _ in timetable(made)}
    assert len(made.uses) == made.days * made.times_per_day.max
    assert made.how
    assert made.stop
    assert made.sources
    assert made.warnings == ()


def test_what_is_planned_is_the_course_that_was_judged() -> None:
    """Ibuprofen gel is planned for three days, so the fourth and fifth day do not count against it."""
    made = planned("ibuprofen-gel", pregnant(27, 4))

    assert made.days == 3
    assert made.verdict == "ask-doctor"


# Bounds, and who set them


def test_each_bound_of_fastum_gel_says_who_set_it() -> None:
    assert bounds(planned("fastum-gel")) == {
        "times_per_day_min": (2, ("article",)),
        "times_per_day_max": (3, ("article", "label")),
        "days": (5, ("article",)),
        "max_per_day": ("15 g", ("label",)),
    }


def test_each_bound_of_nicotinic_acid_is_its_label_s() -> None:
    assert bounds(planned("nicotinic-acid")) == {
        "times_per_day_min": (1, ("label",)),
        "times_per_day_max": (1, ("label",)),
        "days": (3, ("label",)),
        "hours_between": (2, ("label",)),
    }


def test_each_bound_cites_its_sources() -> None:
    for bound in planned("diclofenac-gel").bounds:
        assert ("article" in bound.set_by) <= ("article" in {source.ref for source in bound.sources})
        assert ("label" in bound.set_by) <= any(source.ref != "article" for source in bound.sources)


@pytest.mark.parametrize(
    ("label", "expected", "fewest_by", "most_by"),
    [
        (None, (2, 3), ("article",), ("article",)),
        ((2, 3), (2, 3), ("article", "label"), ("article", "label")),
        ((1, 3), (2, 3), ("article",), ("article", "label")),
        ((3, 4), (3, 3), ("label",), ("article",)),
        ((1, 2), (2, 2), ("article",), ("label",)),
        ((2, 2), (2, 2), ("article", "label"), ("label",)),
        ((1, 6), (2, 3), ("article",), ("article",)),
        ((1, 1), (1, 1), ("label",), ("label",)),
        ((4, 6), (2, 3), ("article",), ("article",)),
    ],
)
def test_times_a_day_are_the_intersection_and_where_they_do_not_meet_the_lower_maximum_wins(
    label: tuple[int, int] | None,
    expected: tuple[int, int],
    fewest_by: tuple[str, ...],
    most_by: tuple[str, ...],
) -> None:
    numbers = {} if label is None else {"times_per_day": {"min": label[0], "max": label[1], "sources": LABEL}}

    found = limits_of(SHIPPED.file.common, dose(**numbers), 5)

    assert (found.fewest.value, found.most.value) == expected
    assert found.fewest.set_by == fewest_by
    assert found.most.set_by == most_by


def test_a_label_that_counts_uses_in_a_day_lowers_both_ends() -> None:
    cap = {"text": "once a day", "uses": 1, "sources": LABEL}

    found = limits_of(SHIPPED.file.common, dose(max_per_day=cap), 5)

    assert (found.fewest.value, found.most.value) == (1, 1)
    assert found.most.set_by == ("label",)
    assert found.fewest.set_by == ("label",)


@pytest.mark.parametrize(
    ("label", "wanted", "days", "set_by"),
    [
        (None, 5, 5, ("article",)),
        (3, 5, 3, ("label",)),
        (5, 5, 5, ("article", "label")),
        (10, 5, 5, ("article",)),
        (10, 2, 2, ("request",)),
        (3, 2, 2, ("request",)),
        (3, 3, 3, ("label",)),
    ],
)
def test_days_are_the_fewest_of_article_label_and_request(
    label: int | None, wanted: int, days: int, set_by: tuple[str, ...]
) -> None:
    numbers = {} if label is None else {"max_days": {"days": label, "sources": LABEL}}

    found = limits_of(SHIPPED.file.common, dose(**numbers), wanted).days

    assert (found.value, found.set_by) == (days, set_by)


def test_a_short_day_sets_the_bound_and_says_so() -> None:
    made = planned("ketorol-gel", day=Day(time(8), time(13)))

    assert (made.times_per_day.min, made.times_per_day.max) == (2, 2)
    assert bounds(made)["times_per_day_max"] == (2, ("waking hours",))
    assert made.warnings == ("Only 2 of 3 uses fit: 4 hours must lie between them.",)


def test_a_short_day_that_lowers_the_fewest_uses_is_named_as_what_set_them() -> None:
    made = planned("ketorol-gel", day=Day(time(8), time(13)))

    assert bounds(made)["times_per_day_min"] == (2, ("waking hours",))


@pytest.mark.parametrize("days", [0, 6, -1])
def test_a_course_of_no_days_or_of_more_than_five_is_refused(days: int) -> None:
    with pytest.raises(CourseError, match="a course has 1 to 5 days"):
        asked("fastum-gel", days=days)


def test_a_remedy_that_nobody_knows_is_named_with_what_comes_near() -> None:
    with pytest.raises(UnknownRemedyError, match="no remedy is called 'fastumgel'"):
        asked("fastumgel")


# The age bands of a label


@pytest.fixture
def banded() -> Any:
    """Give a remedy whose label has one dose below twelve and another from then on."""
    remedy = SHIPPED.find("fastum-gel")
    return remedy.model_copy(update={"usage": Usage(doses=(dose(from_age=2, below_age=12), dose(from_age=12)))})


@pytest.mark.parametrize(
    ("known", "band"),
    [
        ({"age": 11}, (2, 12)),
        ({"age": 12}, (12, None)),
        ({"age": 2}, (2, 12)),
        ({"age": 1}, None),
        ({"born": "2014-11-22"}, (12, None)),
        ({"born": "2014-11-23"}, (2, 12)),
        ({"born": "2014"}, None),
        ({"born": "2013"}, (12, None)),
    ],
)
def test_the_age_band_that_covers_every_possible_age_on_the_first_day_applies(
    banded: Any, known: dict[str, Any], band: tuple[int, int | None] | None
) -> None:
    found = dose_for(banded, Patient.model_validate(known), TODAY, TODAY)

    assert (None if found is None else (found.from_age, found.below_age)) == band


def test_nothing_known_of_the_age_finds_only_a_dose_for_every_age(banded: Any) -> None:
    everybody = banded.model_copy(update={"usage": Usage(doses=(dose(),))})

    assert dose_for(banded, Patient(), TODAY, TODAY) is None
    assert dose_for(everybody, Patient(), TODAY, TODAY) == dose()


# After the last use, amounts, and what else helps


def test_ketoprofen_keeps_the_skin_out_of_the_sun_until_14_days_after_the_last_use() -> None:
    text = "Keep the treated skin covered by clothing, out of the sun, even hazy sun, and off sunbeds."

    assert planned("fastum-gel").aftercare == (After(text=text, until=date(2026, 12, 10)),)
    assert planned("fastum-gel", days=2).aftercare == (After(text=text, until=date(2026, 12, 7)),)


@pytest.mark.parametrize(
    ("remedy", "text", "low", "high"),
    [
        ("diclofenac-gel", "20 g for the whole course of 10 uses", 20, 20),
        ("capsicam", "15 to 45 g for the whole course of 15 uses", 15, 45),
        ("ibuprofen-gel", "9 to 22.5 g for the whole course of 9 uses", 9, 22.5),
        ("diclovit", "30 to 60 g for the whole course of 15 uses", 30, 60),
    ],
)
def test_how_much_to_buy_is_grams_per_use_times_uses(remedy: str, text: str, low: float, high: float) -> None:
    made = planned(remedy)

    assert made.supply.model_dump() == {"text": text, "grams_min": low, "grams_max": high}


def test_a_late_start_needs_less() -> None:
    assert planned("diclofenac-gel", now=time(12)).supply.text == "18 g for the whole course of 9 uses"


def test_the_label_s_most_in_a_day_caps_how_much_to_buy() -> None:
    made = planned("ibuprofen-gel", days=1)

    assert made.supply.grams_max == 7.5


def test_where_the_label_gives_no_weight_the_supply_counts_uses() -> None:
    made = planned("fastum-gel")

    assert made.supply.model_dump() == {
        "text": (
            "enough for 15 uses of a strip of 5-10 cm, spread thin; the label gives no weight, so ask the pharmacist"
        ),
        "grams_min": None,
        "grams_max": None,
    }


@pytest.mark.parametrize("remedy", PLANNED)
def test_the_warm_bath_is_left_out_where_a_rule_speaks_of_heat(remedy: str) -> None:
    heat = SHIPPED.index.rule_reading(remedy, "heat-planned") is not None

    advice = planned(remedy).advice

    assert (NO_BATH in advice) == heat
    assert not (BATH in advice and heat)
    assert "Rest, and leave out heavy effort for the first two days after the massage." in advice


@pytest.mark.parametrize("remedy", PLANNED)
def test_the_warm_bath_is_not_offered_beside_an_instruction_against_baths(remedy: str) -> None:
    made = planned(remedy)
    against = [text for text in made.avoid if re.search(r"\b(hot tub|baths?|showers?)\b(?! gel)", text)]

    assert not (BATH in made.advice and against), against


# A doctor first


def test_a_plan_that_needs_a_doctor_says_what_to_ask() -> None:
    made = planned("finalgon", person(medicines={"yes": ["other-topical-analgesics"]}))

    assert made.verdict == "ask-doctor"
    (reason,) = made.ask_doctor
    assert reason == (
        "Two warming or irritating products should not be combined on the skin. "
        "What would help: Use only one rub on this area. Wash the other off and let the skin calm down first."
    )
    assert str(rendered(made, "text", 80)).splitlines()[:2] == [
        "ONLY IF A DOCTOR AGREES",
        "- Ask the doctor: Two warming or irritating products should",
    ]


def test_an_allowed_plan_has_nothing_to_ask_a_doctor() -> None:
    made = planned("fastum-gel")

    assert made.ask_doctor == ()
    assert "DOCTOR AGREES" not in str(rendered(made, "text", 80))


def test_a_sign_that_can_wait_puts_the_plan_under_a_doctor_s_word() -> None:
    made = planned("fastum-gel", person(signs={"yes": ["fever"]}))

    assert made.ask_doctor == ("A warning sign needs a doctor before any remedy.",)


# Refusals


def test_an_excluded_remedy_is_refused_with_its_reasons() -> None:
    made = refused("dolobene", person(conditions={"yes": ["asthma"]}))

    assert (made.kind, made.verdict, made.exit_code) == ("excluded", "excluded", 12)
    assert made.because == ("People with asthma must not use it.",)
    assert made.shorter is None


def test_an_exclusion_that_can_be_cured_names_the_cure() -> None:
    made = refused("apizartron", person(medicines={"yes": ["other-topical-analgesics"]}))

    (reason,) = made.because
    assert reason == (
        "A label of another methyl salicylate rub bars any second pain rub at the same time. "
        "What would help: Use one rub only, and leave the other off while you use this one."
    )


def test_an_undecided_remedy_is_refused_with_the_open_question() -> None:
    patient = Patient.model_validate(
        {"age": 34, "sex": "male"}
        | {topic: {"rest": "no"} for topic in ("conditions", "skin", "allergies", "medicines", "signs")}
    )

    made = refused("fastum-gel", patient)

    assert (made.kind, made.verdict, made.exit_code) == ("undecided", "undecided", 11)
    assert made.because == (
        "Will the treated skin be in the sun or on a sunbed during treatment or in the two weeks after it?",
    )


def test_open_questions_about_several_things_name_each_of_them() -> None:
    patient = Patient.model_validate({"age": 34, "sex": "male", "conditions": {"rest": "unknown"}})

    made = refused("dolobene", patient)

    text = " ".join(made.because)
    several = [question for question in made.report.questions if len(question.facts) > 1]
    assert several
    assert [fact for question in several for fact in question.facts if SHIPPED.vocabulary.label(fact) not in text] == []


def test_a_remedy_without_a_dose_gets_a_referral() -> None:
    made = refused("betanicomylon")

    assert (made.kind, made.exit_code) == ("no-dose", 10)
    assert made.because == ("No label gives a dose of Betanicomylon for this person: ask a doctor or pharmacist.",)


@pytest.mark.parametrize(
    "sign", [one.fact for one in SHIPPED.index.signs if one.urgency == "now"], ids=lambda sign: sign
)
def test_an_urgent_sign_comes_before_anything_else(sign: str) -> None:
    patient = person(signs={"yes": [sign]}, conditions={"yes": ["asthma"]})

    for remedy in ("dolobene", "fastum-gel", "betanicomylon"):
        made = refused(remedy, patient, together="fastum-gel" if remedy != "fastum-gel" else None)
        assert (made.kind, made.exit_code) == ("sign", 10)
        assert made.because[0].startswith(f"{SHIPPED.vocabulary.label(sign)}: ")


def test_an_urgent_sign_comes_before_questions_as_well() -> None:
    assert refused("fastum-gel", Patient.model_validate({"signs": ["limb-weakness"]})).kind == "sign"


# Two remedies


SHARED = "{} and {} share {}; two such remedies are never used together."
APART = "{} does not go with {} on the same skin: {}"


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (
            "fastum-gel",
            "ibuprofen-gel",
            SHARED.format(
                "Fastum gel", "Ibuprofen gel", "anti-inflammatory painkillers (NSAIDs), ibuprofen-type painkillers"
            ),
        ),
        (
            "fastum-gel",
            "diclofenac-gel",
            SHARED.format("Fastum gel", "Diclofenac gel", "anti-inflammatory painkillers (NSAIDs)"),
        ),
        (
            "turpentine-oil",
            "turpentine-ointment",
            SHARED.format(
                "Turpentine oil", "Turpentine ointment 20%", "essential oils, perfumes and scents, terpenes, turpentine"
            ),
        ),
        (
            "finalgon",
            "chondroxide",
            APART.format(
                "Chondroxide ointment and gel 5%",
                "Finalgon ointment",
                "DMSO carries other substances through the skin; labels of DMSO gels want nothing else on that area.",
            ),
        ),
        (
            "dolobene",
            "nise-gel",
            APART.format(
                "Dolobene gel",
                "Nise gel",
                "DMSO carries other substances through the skin, so nothing else may be on that area.",
            ),
        ),
    ],
)
def test_two_remedies_that_must_not_meet_are_refused_with_the_reason(first: str, second: str, reason: str) -> None:
    made = refused(first, together=second)

    assert (made.kind, made.exit_code) == ("together", 12)
    assert reason in made.because
    assert refused(second, together=first).kind == "together"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("apizartron", "finalgon"),
        ("apizartron", "camphor-oil"),
        ("finalgon", "camphor-oil"),
        ("viprosal-v", "finalgon"),
    ],
)
def test_a_warming_rub_is_refused_beside_a_remedy_with_a_rule_against_warming_rubs(first: str, second: str) -> None:
    assert refused(first, together=second).kind == "together"


def test_a_second_remedy_that_is_excluded_itself_is_refused_with_its_reason() -> None:
    made = refused("ibuprofen-gel", person(conditions={"yes": ["liver-disease"]}), together="turpentine-oil")

    assert made.kind == "together"
    assert made.because == ("Turpentine oil is excluded for this person. Russian labels bar it in liver disease.",)


def test_a_remedy_beside_itself_is_an_error() -> None:
    with pytest.raises(PlanError) as caught:
        asked("fastum-gel", together="Фастум гель")

    assert str(caught.value) == "Fastum gel cannot be planned together with itself"


def test_two_remedies_that_may_meet_are_kept_on_different_skin() -> None:
    made = planned("ibuprofen-gel", together="turpentine-oil")

    assert made.warnings == (
        "Turpentine oil is not planned here: keep it off this area, one product at a time on one skin.",
    )


# A shorter course


@pytest.mark.parametrize("remedy", ["diclofenac-gel", "diclovit", "ketorol-gel", "apizartron"])
def test_just_before_week_28_the_shorter_course_that_needs_only_a_doctor_is_offered(remedy: str) -> None:
    made = refused(remedy, pregnant(27, 4))

    assert made.kind == "excluded"
    assert made.shorter == "A course of 3 days from 2026-11-22 would only need a doctor's word."
    assert planned(remedy, pregnant(27, 4), days=3).verdict == "ask-doctor"
    assert refused(remedy, pregnant(27, 4), days=4).kind == "excluded"


def test_on_the_last_day_before_week_28_one_day_is_offered_and_after_it_none() -> None:
    eve, there = refused("diclofenac-gel", pregnant(27, 6)), refused("diclofenac-gel", pregnant(28, 0))

    assert eve.shorter == "A course of 1 day from 2026-11-22 would only need a doctor's word."
    assert there.shorter is None


# Days without a use


def test_a_start_in_the_past_is_planned_and_said() -> None:
    made = planned("fastum-gel", start=date(2026, 11, 20))

    assert made.warnings == ("The course starts on 2026-11-20, before today (2026-11-22).",)
    assert len(made.uses) == 15


def test_a_first_day_that_is_over_stays_without_a_use() -> None:
    made = planned("fastum-gel", now=time(23))

    assert timetable(made)[0] == (TODAY, [])
    assert "- Sun 2026-11-22: no use" in str(rendered(made, "text", 60)).splitlines()


def test_a_plan_of_a_single_day_that_is_over_is_not_offered_as_if_it_could_be_followed() -> None:
    try:
        made = asked("fastum-gel", days=1, now=time(23))
    except PlanError:
        return
    assert isinstance(made, Refusal) or made.warnings


# Over many patients and remedies


@st.composite
def patients(draw: st.DrawFn) -> Patient:
    known: dict[str, Any] = {"nothing_else": draw(st.booleans()), "age": draw(st.integers(0, 90))}
    for entry in draw(st.lists(st.sampled_from(SHIPPED.vocabulary.entries), max_size=3)):
        known.setdefault(entry.topic, []).append(entry.id)
    if draw(st.booleans()):
        known["sex"] = "female"
        known["pregnancy"] = {"weeks": draw(st.integers(0, 41)), "days": draw(st.integers(0, 6))}
    else:
        known["sex"] = "male"
    return Patient.model_validate(known, context={"vocabulary": SHIPPED.vocabulary})


@given(
    patient=patients(),
    remedy=st.sampled_from(REMEDIES),
    days=st.integers(1, 5),
    now=st.none() | st.times(),
    start=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
)
def test_no_plan_ever_has_more_than_three_uses_a_day_or_five_days(
    patient: Patient, remedy: str, days: int, now: time | None, start: date
) -> None:
    made = plan(remedy, patient, SHIPPED, start=start, as_of=start, days=days, now=now)

    if isinstance(made, Refusal):
        assert made.exit_code in {10, 11, 12}
        assert made.because
        return
    assert made.verdict in {"allowed", "ask-doctor"}
    assert (made.verdict == "ask-doctor") == bool(made.ask_doctor)
    assert 1 <= made.days <= days
    assert 1 <= made.times_per_day.min <= made.times_per_day.max <= 3
    assert all(len(times) <= made.times_per_day.max for _, times in timetable(made))
    assert all(made.start <= use.date() <= made.last_day for use in made.uses)
    found = bounds(made)
    assert found["times_per_day_min"][0] == made.times_per_day.min
    assert found["times_per_day_max"][0] == made.times_per_day.max
    assert found["days"][0] == made.days


# JSON, text and Markdown


@pytest.mark.parametrize("remedy", PLANNED)
def test_the_json_of_a_plan_has_every_key_and_round_trips(remedy: str) -> None:
    made = planned(remedy)

    assert made.model_dump(mode="json").keys() >= {
        "remedy",
        "verdict",
        "start",
        "last_day",
        "days",
        "times_per_day",
        "bounds",
        "uses",
        "how",
        "avoid",
        "aftercare",
        "stop",
        "supply",
        "advice",
        "sources",
    }
    assert Plan.model_validate_json(made.model_dump_json()) == made


def test_the_json_of_a_plan_writes_local_times_without_a_zone() -> None:
    found = planned("fastum-gel").model_dump(mode="json")

    assert found["times_per_day"] == {"min": 2, "max": 3}
    assert found["uses"][:2] == ["2026-11-22T08:00:00", "2026-11-22T15:00:00"]
    assert found["aftercare"][0].keys() == {"text", "until"}


@pytest.mark.parametrize("details", [False, True])
@pytest.mark.parametrize("remedy", PLANNED)
def test_text_fits_into_sixty_columns(remedy: str, *, details: bool) -> None:
    text = str(rendered(planned(remedy), "text", 120, details=details))

    assert [line for line in text.splitlines() if len(line) > 60] == []


@pytest.mark.parametrize("remedy", PLANNED)
def test_markdown_has_short_lines_for_a_chat_and_no_tables(remedy: str) -> None:
    text = str(rendered(planned(remedy), "markdown", 120))

    assert "|" not in text.replace("\\|", "")
    assert [line for line in text.splitlines() if len(line) > 60] == []


@pytest.mark.parametrize("kind", ["excluded", "undecided", "sign", "no-dose", "together"])
def test_a_refusal_is_written_in_sixty_columns_too(kind: str) -> None:
    made = {
        "excluded": lambda: refused("dolobene", person(conditions={"yes": ["asthma"]})),
        "undecided": lambda: refused("dolobene", Patient()),
        "sign": lambda: refused("dolobene", person(signs={"yes": ["limb-numbness"]})),
        "no-dose": lambda: refused("betanicomylon"),
        "together": lambda: refused("fastum-gel", together="dolobene"),
    }[kind]()

    text = str(rendered(made, "text", 120))

    assert made.kind == kind
    assert all(len(line) <= 60 for line in text.splitlines())
    assert text.endswith("Not medical advice: read the leaflet in the pack and ask a\npharmacist.")
    assert Refusal.model_validate_json(str(rendered(made, "json", 80))) == made


def test_details_add_the_sources_and_the_hash_and_change_nothing_else() -> None:
    made = planned("fastum-gel")
    plain, full = (as_text(sections(made, details=details), 60) for details in (False, True))

    assert made.catalogue.sha256 not in plain
    assert made.catalogue.sha256 in full.replace("\n", "")
    assert "- most in a day: 15 g (the label) [fastum-keto-uk]" in full
    assert plain.split("Why these limits")[0] == full.split("Why these limits")[0]


NASTY = '<script>alert("&")</script> Фастум'


def nasty() -> Plan:
    """Put something into every text of a plan that a careless page would run."""
    made = planned("fastum-gel")
    source = made.sources[0].model_copy(update={"title": NASTY, "country": NASTY, "ref": "x"})
    return made.model_copy(
        update={
            "name": NASTY,
            "what": NASTY,
            "amount": NASTY,
            "verdict": "ask-doctor",
            **dict.fromkeys(("ask_doctor", "how", "avoid", "stop", "advice", "warnings"), (NASTY,)),
            "aftercare": (After(text=NASTY, until=TODAY),),
            "supply": made.supply.model_copy(update={"text": NASTY}),
            "sources": (source,),
            "disclaimer": NASTY,
        }
    )


def test_markdown_escapes_what_a_text_must_not_start() -> None:
    text = as_markdown(sections(nasty()))

    assert "<script>" not in text.replace("\\<script\\>", "")
    assert "\\<script\\>" in text


# HTML


class Page(HTMLParser):
    """Collects the elements, the links and the text of a page."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("remedy", PLANNED)
def test_a_page_stands_alone_without_scripts_or_anything_from_outside(remedy: str) -> None:
    content = as_html(planned(remedy))
    page = Page(content)

    assert content.startswith("<!doctype html>\n")
    assert not {"script", "link", "img", "iframe", "object", "embed", "base", "form"} & set(page.elements)
    assert not {"src", "href", "srcset", "action", "style"} & {name for name, _ in page.attributes}
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert not re.search(r"url\(|@import|https?://|javascript:", content)


def test_a_page_has_a_row_to_tick_off_for_every_day() -> None:
    made = planned("fastum-gel")
    page = Page(as_html(made))

    assert page.elements.count("tr") == 1 + 5
    assert page.attributes.count(("class", "box")) == 15
    assert "Sun 22 Nov 2026" in page.words
    assert "Until 10 Dec 2026:" in page.words


def test_a_page_escapes_every_text() -> None:
    content = as_html(nasty())
    page = Page(content)

    assert "<script" not in content
    assert "script" not in page.elements
    assert page.words.count(NASTY) >= 13


def test_a_page_for_a_doctor_begins_with_the_banner() -> None:
    made = planned("zhivokost")
    words = " ".join(Page(as_html(made)).words.split())

    assert words.index("Only if a doctor agrees") < words.index(f"Ask the doctor: {made.ask_doctor[0]}")
    assert words.index(f"Ask the doctor: {made.ask_doctor[0]}") < words.index("Use it 2 times a day")


def test_a_page_says_who_set_the_limits_in_small_print() -> None:
    assert (
        "Limits: fewest uses a day: 2 (the article); most uses a day: 3 (the article and the label); "
        "most days: 5 (the article); most in a day: 15 g (the label)."
    ) in Page(as_html(planned("fastum-gel"))).words


# Calendar


def events(made: Plan) -> list[Any]:
    return list(icalendar.Calendar.from_ical(as_calendar(made)).walk("VEVENT"))


def test_a_calendar_has_one_event_with_an_alarm_for_every_use() -> None:
    made = planned("fastum-gel")
    uses = [event for event in events(made) if isinstance(event["DTSTART"].dt, datetime)]

    assert [event["DTSTART"].dt for event in uses] == list(made.uses)
    assert [str(event["SUMMARY"]) for event in uses][:2] == ["Fastum gel: use 1 of 15", "Fastum gel: use 2 of 15"]
    for event in uses:
        (bell,) = event.walk("VALARM")
        assert str(bell["ACTION"]) == "DISPLAY"
        assert bell["TRIGGER"].dt == timedelta()
        assert made.amount is not None
        assert all(text in event["DESCRIPTION"] for text in (made.amount, *made.how, made.disclaimer))


def test_a_calendar_reminds_of_the_last_day_and_of_the_end_of_aftercare() -> None:
    made = planned("fastum-gel")
    whole = [event for event in events(made) if not isinstance(event["DTSTART"].dt, datetime)]

    assert [(str(event["SUMMARY"]), event["DTSTART"].dt) for event in whole] == [
        ("Fastum gel: last day", date(2026, 11, 26)),
        ("Fastum gel: aftercare ends today", date(2026, 12, 10)),
    ]
    assert all(len(event.walk("VALARM")) == 1 for event in whole)


def test_the_times_of_a_calendar_float() -> None:
    content = as_calendar(planned("fastum-gel")).decode()

    assert "DTSTART:20261122T080000\r\n" in content
    assert "TZID" not in content
    assert "VTIMEZONE" not in content


def test_two_renderings_of_a_plan_are_the_same_and_every_identifier_is_unique() -> None:
    made = planned("diclofenac-gel")
    names = [str(event["UID"]) for event in events(made)]

    assert as_calendar(made) == as_calendar(Plan.model_validate_json(made.model_dump_json()))
    assert len(set(names)) == len(names)
    assert names == [str(event["UID"]) for event in events(planned("diclofenac-gel"))]


def test_plans_of_other_people_remedies_and_days_have_other_identifiers() -> None:
    plans = [
        planned("fastum-gel"),
        planned("nise-gel"),
        planned("fastum-gel", person(id="somebody")),
        planned("fastum-gel", start=TODAY + timedelta(days=7)),
    ]
    names = [str(event["UID"]) for made in plans for event in events(made)]

    assert len(set(names)) == len(names)


def test_cyrillic_survives_in_a_calendar() -> None:
    made = nasty()
    content = as_calendar(made)

    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert str(events(made)[0]["SUMMARY"]) == f"{NASTY}: use 1 of 15"


def test_a_calendar_for_a_doctor_says_so_in_every_use() -> None:
    uses = [event for event in events(planned("zhivokost")) if isinstance(event["DTSTART"].dt, datetime)]

    assert all(str(event["DESCRIPTION"]).startswith("Only if a doctor agrees. ") for event in uses)


# Extras


@pytest.mark.parametrize(
    ("module", "format_", "message"),
    [
        ("jinja2", "html", "HTML needs an extra package; add it with: pip install 'remedies[html]'"),
        ("icalendar", "ics", "a calendar needs an extra package; add it with: pip install 'remedies[calendar]'"),
    ],
)
def test_a_missing_extra_names_the_command_that_adds_it(
    monkeypatch: pytest.MonkeyPatch, module: str, format_: str, message: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(MissingExtraError) as caught:
        rendered(planned("fastum-gel"), format_, 80)

    assert str(caught.value) == message
