"""A plan: its dates and amounts, what goes with it, its refusals, and every format of it."""

from __future__ import annotations

import re
import sys
from datetime import date, datetime, time, timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
import support
from plans import PLANNED, SHIPPED, asked, person, planned, pregnant, refused
from support import CITED, TODAY, a_fact, a_remedy, a_rule, small_catalogue

from remedies import MissingExtraError, Patient, Plan, PlanError, Refusal, UnknownRemedyError
from remedies.advice.plan import After, Namesake
from remedies.knowledge.sources import Citation
from remedies.pages.ics import as_calendar
from remedies.pages.layout import as_markdown, as_text
from remedies.pages.plan import as_html, rendered, sections
from remedies.pages.plan_phrases import timetable

if TYPE_CHECKING:
    from remedies import Catalogue

BATH = "A warm bath or shower, neither hot nor cold, can ease the pain."
NO_BATH = "It does not go with heat: leave the warm bath out on the days of use."


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


def test_a_remedy_that_nobody_knows_is_named_with_what_comes_near() -> None:
    with pytest.raises(UnknownRemedyError, match="no remedy is called 'fastumgel'"):
        asked("fastumgel")


# After the last use, amounts, and what else helps


def test_ketoprofen_keeps_the_skin_out_of_the_sun_until_14_days_after_the_last_use() -> None:
    text = "Keep the treated skin covered by clothing, out of the sun, even hazy sun, and off sunbeds."

    assert planned("fastum-gel").aftercare == (After(text=text, since=TODAY, until=date(2026, 12, 10)),)
    assert planned("fastum-gel", days=2).aftercare == (After(text=text, since=TODAY, until=date(2026, 12, 7)),)


@pytest.mark.parametrize(
    ("remedy", "text", "low", "high"),
    [
        ("diclofenac-gel", "20 g for the whole course of 10 uses", 20, 20),
        ("capsicam", "15 to 45 g for the whole course of 15 uses", 15, 45),
        ("ibuprofen-gel", "15 to 37.5 g for the whole course of 15 uses", 15, 37.5),
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
        "text": ("enough for 15 uses; the label gives no weight, so ask the pharmacist"),
        "grams_min": None,
        "grams_max": None,
    }


@pytest.mark.parametrize("remedy", PLANNED)
def test_the_warm_bath_is_left_out_where_a_rule_speaks_of_heat_unless_the_label_says_when_to_bathe(remedy: str) -> None:
    heat = SHIPPED.rulebook.rule_reading(remedy, "heat-planned") is not None

    advice = planned(remedy).advice
    when = any(entry.about == "bath" for entry in SHIPPED.guidance(SHIPPED.find(remedy)).avoid)

    assert (NO_BATH in advice) == (heat and not when)
    assert (BATH in advice) == (not heat)
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


# Refusals


def test_an_excluded_remedy_is_refused_with_its_reasons() -> None:
    made = refused("dolobene", person(conditions={"yes": ["asthma"]}))

    assert (made.kind, made.verdict) == ("excluded", "excluded")
    assert made.because == ("People with asthma must not use it.",)
    assert made.shorter is None


def test_an_exclusion_that_can_be_cured_names_the_cure() -> None:
    made = refused("fastum-gel", person(medicines={"yes": ["any-other-topical-same-site"]}))

    (reason,) = made.because
    assert reason == (
        "It must not share a patch of skin with any other product. "
        "What would help: Leave every other product off that skin for as long as the gel is used."
    )


def test_an_undecided_remedy_is_refused_with_the_open_question() -> None:
    patient = Patient.model_validate(
        {"age": 34, "sex": "male"}
        | {topic: {"rest": "no"} for topic in ("conditions", "skin", "allergies", "medicines", "signs")}
    )

    made = refused("fastum-gel", patient)

    assert (made.kind, made.verdict) == ("undecided", "undecided")
    assert made.because == (
        "Is any of this so, or planned? planned sun or sunbed on the treated skin, use on a large area or for long",
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

    assert (made.kind, made.verdict) == ("no-dose", "ask-doctor")
    assert made.because == ("No label gives a dose of Betanicomylon for this person: ask a doctor or pharmacist.",)


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
    with pytest.raises(PlanError) as caught:
        asked("fastum-gel", days=1, now=time(23))

    assert str(caught.value) == "no time is left on 2026-11-22 before bedtime (22:00); start on another day"


# Over small catalogues


FACTS = [
    a_fact("substance", "allergies"),
    *(a_fact(name) for name in ("first", "second", "third", "fourth", "fifth")),
    a_fact("heat-planned", "circumstances"),
]


def own(*rules: support.Json, usage: support.Json | None = None, **more: object) -> Catalogue:
    """Load a catalogue of one remedy, "gel", that is used two or three times a day for up to five days."""
    dosed = {"doses": [{}]} if usage is None else usage
    return small_catalogue(FACTS, [a_remedy("gel", list(rules), usage=dosed)], **more)


def common(**more: object) -> support.Json:
    """Say what holds of every remedy of a small catalogue."""
    return {
        "times_per_day": {"min": 2, "max": 3, "sources": CITED},
        "max_days": {"days": 5, "sources": CITED},
        **more,
    }


def test_a_refusal_names_only_what_excludes_and_holds() -> None:
    catalogue = own(
        a_rule("holds", {"condition": "first"}, cure="Get well."),
        a_rule("open", {"condition": "second"}),
        a_rule("asks", {"condition": "third"}, "ask-doctor"),
        a_rule("ruled-out", {"circumstance": "heat-planned"}),
    )
    patient = Patient(
        age=34,
        sex="male",
        conditions=["first", "third"],
        allergies={"rest": "no"},
        circumstances={"no": ["heat-planned"]},
    )

    made = refused("gel", patient, catalogue)

    assert made.because == ("holds. What would help: Get well.",)


def test_a_plan_for_a_doctor_names_only_what_asks_and_holds_and_what_nobody_said_beside_it() -> None:
    catalogue = own(
        a_rule("holds", {"any": [{"condition": "first"}, {"condition": "fifth"}]}, "ask-doctor", cure="Rest."),
        a_rule("one-of-two", {"any": [{"condition": "third"}, {"condition": "fourth"}]}, "ask-doctor"),
        a_rule("two-at-once", {"all": [{"circumstance": "heat-planned"}, {"condition": "second"}]}, "ask-doctor"),
        a_rule("ruled-out", {"all": [{"condition": "first"}, {"condition": "third"}]}),
    )
    patient = person(
        nothing_else=False,
        conditions={"yes": ["first"], "no": ["third"]},
        circumstances=["heat-planned"],
        allergies={"rest": "no"},
    )

    made = planned("gel", patient, catalogue)

    assert made.verdict == "ask-doctor"
    assert made.ask_doctor == ("holds. What would help: Rest.",)
    assert made.not_said == ("fourth", "second")


def test_what_nobody_said_leaves_out_what_was_said_and_what_was_ruled_out() -> None:
    """Methotrexate is taken and every other medicine ruled out, so that only circumstances are unsaid."""
    closed: dict[str, support.Json] = {topic: {"rest": "no"} for topic in ("conditions", "skin", "allergies", "signs")}
    closed["conditions"] = {"no": ["autoimmune-disease", "cancer", "other-skin-disease"], "rest": "no"}
    closed["skin"] = {"no": ["damaged-skin"], "rest": "no"}
    medicines = {"yes": ["methotrexate"], "rest": "no"}

    made = planned("nise-gel", person(nothing_else=False, medicines=medicines, **closed))

    assert made.not_said == ("planned sun or sunbed on the treated skin", "use on a large area or for long")
    said = "planned sun or sunbed on the treated skin, use on a large area or for long"
    assert f"- Not said so far; let them know about: {said}.\n" in as_markdown(sections(made))


@pytest.mark.parametrize(
    ("said", "unsaid"),
    [
        ({}, ("age", "pregnancy", "breastfeeding", "second")),
        ({"age": 34}, ("pregnancy", "breastfeeding", "second")),
        ({"age": 70}, ("second",)),
        ({"age": 34, "sex": "male"}, ("second",)),
        ({"age": 34, "sex": "female", "pregnancy": "possible"}, ("breastfeeding", "second")),
        ({"age": 34, "sex": "female", "pregnancy": {"weeks": 13}, "breastfeeding": True}, ("second",)),
        ({"age": 34, "sex": "female", "pregnancy": "no", "breastfeeding": False}, ("second",)),
        ({"age": 34, "sex": "male", "conditions": {"yes": ["first", "second"], "no": ["third"]}}, ()),
        ({"age": 34, "sex": "male", "conditions": {"yes": ["first"], "no": ["second", "third"]}}, ()),
    ],
    ids=str,
)
def test_of_the_person_as_of_anything_else_only_what_nobody_said_is_left_to_be_told(
    said: support.Json, unsaid: tuple[str, ...]
) -> None:
    clauses: list[support.Json] = [
        {"condition": "first"},
        {"age_below": 18},
        {"age_from": 65},
        {"pregnant": "any"},
        {"breastfeeding": True},
        {"any": [{"condition": "second"}, {"condition": "third"}]},
    ]
    catalogue = own(*(a_rule(f"rule-{number}", when, "ask-doctor") for number, when in enumerate(clauses)))
    known: support.Json = {"conditions": {"yes": ["first"], "no": ["third"]}, "allergies": {"rest": "no"}}

    made = planned("gel", Patient.model_validate(known | said), catalogue)

    assert made.not_said == unsaid


@pytest.mark.parametrize(
    ("grams", "most", "supply"),
    [
        ((4, 6), 13, ("60 to 65 g for the whole course of 15 uses", 60, 65)),
        ((4, 6), 12, ("60 g for the whole course of 15 uses", 60, 60)),
        ((4, 6), 11, ("55 g for the whole course of 15 uses", 55, 55)),
        ((2, 4), 12, ("30 to 60 g for the whole course of 15 uses", 30, 60)),
        ((2, 4), 20, ("30 to 60 g for the whole course of 15 uses", 30, 60)),
        ((2.5, 2.5), 7, ("35 g for the whole course of 15 uses", 35, 35)),
        ((2, 4), None, ("30 to 60 g for the whole course of 15 uses", 30, 60)),
    ],
)
def test_no_more_is_bought_than_the_grams_that_the_label_lets_a_day_take(
    grams: tuple[float, float], most: float | None, supply: tuple[str, float, float]
) -> None:
    amount = {"text": "a strip", "grams": {"min": grams[0], "max": grams[1]}, "sources": CITED}
    cap = {} if most is None else {"max_per_day": {"text": f"{most} g", "grams": most, "sources": CITED}}

    made = planned("gel", catalogue=own(usage={"doses": [{"amount": amount, **cap}]}))

    assert (made.supply.text, made.supply.grams_min, made.supply.grams_max) == supply


LAST_THIRD = {"pregnant": {"trimesters": [3]}}


@pytest.mark.parametrize(
    ("weeks", "days", "shorter"),
    [
        ((27, 6), 5, "A course of 1 day from 2026-11-22 would be allowed."),
        ((27, 6), 2, "A course of 1 day from 2026-11-22 would be allowed."),
        ((27, 5), 5, "A course of 2 days from 2026-11-22 would be allowed."),
        ((27, 5), 3, "A course of 2 days from 2026-11-22 would be allowed."),
        ((27, 3), 5, "A course of 4 days from 2026-11-22 would be allowed."),
        ((28, 0), 5, None),
        ((28, 0), 1, None),
    ],
)
def test_the_longest_shorter_course_with_a_weaker_verdict_is_offered(
    weeks: tuple[int, int], days: int, shorter: str | None
) -> None:
    made = refused("gel", pregnant(*weeks), own(a_rule("late", LAST_THIRD)), days=days)

    assert (made.kind, made.shorter) == ("excluded", shorter)


def test_a_shorter_course_that_settles_what_is_open_is_offered_as_well() -> None:
    """Somewhere in week 27 five days may reach week 28; one day cannot."""
    woman = person(sex="female", pregnancy={"weeks": 27}, breastfeeding=False)

    made = refused("gel", woman, own(a_rule("late", LAST_THIRD)))

    assert (made.kind, made.shorter) == ("undecided", "A course of 1 day from 2026-11-22 would be allowed.")


ADVICE = [{"text": "Rest.", "sources": CITED}]
WARM = {"text": "A warm bath helps.", "sources": CITED}
BATHS = [{"text": "Bathe before it, not after.", "about": "bath", "sources": CITED}]
OTHER = [{"text": "Keep it off the eyes.", "sources": CITED}]


@pytest.mark.parametrize(
    ("rules", "avoid", "bath", "advice"),
    [
        ([], [], WARM, ("Rest.", "A warm bath helps.")),
        ([], OTHER, WARM, ("Rest.", "A warm bath helps.")),
        ([], [*OTHER, *BATHS], WARM, ("Rest.", "A warm bath helps. Bathe before it, not after.")),
        ([], BATHS, None, ("Rest.",)),
        ([{"circumstance": "heat-planned"}], BATHS, WARM, ("Rest.",)),
        ([{"circumstance": "heat-planned"}], OTHER, WARM, ("Rest.", NO_BATH)),
        ([{"circumstance": "heat-planned"}], [], None, ("Rest.", NO_BATH)),
        ([{"condition": "first"}], [], WARM, ("Rest.", "A warm bath helps.")),
    ],
)
def test_a_warm_bath_is_advised_with_what_the_label_says_of_baths_unless_a_rule_speaks_of_heat(
    rules: list[support.Json], avoid: list[support.Json], bath: support.Json | None, advice: tuple[str, ...]
) -> None:
    catalogue = own(
        *(a_rule(f"rule-{number}", when) for number, when in enumerate(rules)),
        usage={"doses": [{}], "avoid": avoid},
        common=common(advice=ADVICE, bath=bath),
    )

    assert planned("gel", catalogue=catalogue).advice == advice


@pytest.mark.parametrize(("said", "told"), [(False, False), (None, True)])
def test_what_concerns_breastfeeding_alone_is_told_only_where_it_is_not_ruled_out(
    *, said: bool | None, told: bool
) -> None:
    breast = [{"text": "Never on the breast.", "about": "breastfeeding", "sources": CITED}]
    catalogue = own(usage={"doses": [{}], "how": breast, "avoid": breast, "stop": breast})
    made = planned("gel", person(sex="female", pregnancy="no", breastfeeding=said), catalogue)
    assert [("Never on the breast." in lines) for lines in (made.how, made.avoid, made.stop)] == [told] * 3


def test_a_line_that_says_what_another_says_as_well_stands_for_it() -> None:
    substance = {
        "id": "substance",
        "avoid": [{"text": "Not for long.", "sources": CITED}],
        "stop": [
            {"text": "A rash or blisters: stop.", "replaces": ["Blisters: stop."], "sources": CITED},
            {"text": "Blisters: stop.", "sources": CITED},
        ],
    }
    usage = {
        "doses": [{}],
        "how": [{"text": "Spread it thinly.", "replaces": ["Spread it."], "sources": CITED}],
        "avoid": [{"text": "Not for long, and not in the sun.", "replaces": ["Not for long."], "sources": CITED}],
    }
    told = common(how=[{"text": "Spread it.", "sources": CITED}], stop=[{"text": "No relief: stop.", "sources": CITED}])

    made = planned("gel", catalogue=own(usage=usage, common=told, substances=[substance]))

    assert made.how == ("Spread it thinly.",)
    assert made.avoid == ("Not for long, and not in the sun.",)
    assert made.stop == ("A rash or blisters: stop.", "No relief: stop.")


def test_a_plan_cites_every_source_that_it_rests_on_once_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = ("times", "days", "hours", "most", "how", "avoid", "stop", "advice", "after", "amount", "unused")
    for part in parts:
        monkeypatch.setitem(support.SOURCES, part, {**support.SOURCES["leaflet"], "title": part.capitalize()})

    def from_(part: str, **more: object) -> support.Json:
        return {**more, "sources": [f"{part}: dosage", "leaflet: dosage", f"{part}: storage"]}

    usage = {
        "doses": [
            {
                "times_per_day": from_("times", min=2, max=3),
                "max_days": from_("days", days=5),
                "hours_between": from_("hours", hours=4),
                "max_per_day": from_("most", text="15 g"),
                "amount": from_("amount", text="a strip"),
            }
        ],
        "how": [from_("how", text="Spread it.")],
        "avoid": [from_("avoid", text="Keep it off the eyes.")],
        "stop": [from_("stop", text="Stop when it burns.")],
        "aftercare": [from_("after", text="Stay out of the sun.", days_after_last_use=1)],
    }
    rule = a_rule("unused", {"condition": "first"}, sources=["unused: precautions"])

    made = planned("gel", catalogue=own(rule, usage=usage, common=common(advice=[from_("advice", text="Rest.")])))

    wanted = {f"{part}: dosage" for part in parts if part != "unused"} | {"leaflet: contraindications"}
    assert set(made.cited) == wanted
    assert len(made.cited) == len(wanted)
    assert {name: source.title for name, source in made.sources.items()} == {
        "leaflet": "Leaflet",
        **{part: part.capitalize() for part in parts if part != "unused"},
    }


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
        "cited",
        "sources",
    }
    assert Plan.model_validate_json(made.model_dump_json()) == made


def test_the_json_of_a_plan_writes_local_times_without_a_zone() -> None:
    found = planned("fastum-gel").model_dump(mode="json")

    assert found["times_per_day"] == {"min": 2, "max": 3}
    assert found["uses"][:2] == ["2026-11-22T08:00:00", "2026-11-22T15:00:00"]
    assert found["aftercare"][0].keys() == {"text", "since", "until"}


@pytest.mark.parametrize("details", [False, True])
@pytest.mark.parametrize("remedy", PLANNED)
def test_text_fits_into_sixty_columns(remedy: str, *, details: bool) -> None:
    text = str(rendered(planned(remedy), "text", 120, details=details))

    assert [line for line in text.splitlines() if len(line) > 60 and not line.startswith("  http")] == []


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
    last = "Not medical advice: read the leaflet in the pack and ask a\npharmacist."
    if kind == "sign":
        last += "\nSee a doctor now, before any remedy: numb or tingling arms\nor legs."
    assert text.endswith(last)
    assert Refusal.model_validate_json(str(rendered(made, "json", 80))) == made


def test_details_add_the_sources_and_the_hash_and_change_nothing_else() -> None:
    made = planned("fastum-gel")
    plain, full = (as_text(sections(made, details=details), 60) for details in (False, True))

    assert made.catalogue.sha256 not in plain
    assert made.catalogue.sha256 in full.replace("\n", "")
    assert "- most in a day: 15 g (the label) [fastum-es-smpc]" in full
    assert plain.split("Why these limits")[0] == full.split("Why these limits")[0]
    assert "\nIt rests on 17 sources; --details lists them.\n" in plain
    assert "It rests on" not in full


def test_in_detail_every_source_is_named_whole_and_its_link_is_never_cut() -> None:
    made = planned("fastum-gel")
    text, markdown = (str(rendered(made, format_, 80, details=True)) for format_ in ("text", "markdown"))

    mhra = "[fastum-mhra-2010] Topical ketoprofen: reminder on photosensitivity. MHRA Drug Safety Update, GB, 2010, "
    assert mhra in text.replace("\n  ", " ")
    assert "\nSources\n" in text
    for source in made.sources.values():
        if source.url is not None:
            assert f"\n  {source.url}\n" in text
            assert f"\n  <{source.url}>\n" in markdown
            assert source.url in as_html(made, details=True)
            assert source.url not in as_html(made)


@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_when_to_stop_stands_right_after_the_times_and_before_how(format_: str) -> None:
    text = str(rendered(planned("fastum-gel"), format_, 80))
    marks = {"text": "\n{}\n", "markdown": "\n## {}\n"}
    places = [text.index(marks[format_].format(title)) for title in ("When", "Stop and see a doctor", "How")]

    assert places == sorted(places)


def test_a_plan_leaves_room_for_a_name_the_pharmacy_and_notes() -> None:
    dots = "." * 38

    assert f"- Name and pharmacy: {dots}\n- Notes: {dots}\n" in str(rendered(planned("fastum-gel"), "text", 80))


NASTY = '<script>alert("&")</script> Фастум'


def nasty() -> Plan:
    """Put something into every text of a plan that a careless page would run."""
    made = planned("fastum-gel")
    source = made.sources["article"].model_copy(update={"title": NASTY, "country": NASTY})
    return made.model_copy(
        update={
            "name": NASTY,
            "what": NASTY,
            "amount": NASTY,
            "verdict": "ask-doctor",
            **dict.fromkeys(("ask_doctor", "how", "avoid", "stop", "advice", "warnings"), (NASTY,)),
            "aftercare": (After(text=NASTY, since=TODAY, until=TODAY),),
            "not_to_confuse": (Namesake(name=NASTY, because=NASTY),),
            "supply": made.supply.model_copy(update={"text": NASTY}),
            "cited": (Citation("x: general"),),
            "sources": {"x": source},
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


def test_a_page_says_when_to_stop_before_how_and_leaves_lines_to_write_on() -> None:
    page = Page(as_html(planned("fastum-gel")))
    words = " ".join(page.words.split())
    order = ["Name:Pharmacy:", "Tick off each use", "Stop and see a doctor", " How ", " Notes "]

    assert [words.index(one) for one in order] == sorted(words.index(one) for one in order)
    assert ("class", "notes") in page.attributes


def test_a_page_escapes_every_text() -> None:
    content = as_html(nasty())
    page = Page(content)

    assert "<script" not in content
    assert "script" not in page.elements
    assert page.words.count(NASTY) >= 15


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


ORIGIN = f"Catalogue {SHIPPED.version}. Not yet reviewed by a pharmacist. {SHIPPED.rulebook.disclaimer}"


def test_every_use_in_a_calendar_names_the_catalogue_and_whether_it_was_reviewed() -> None:
    told = [str(event["description"]).endswith(f"\n{ORIGIN}") for event in events(planned("finalgon"))]

    assert told == [True] * 17


def uses_in(made: Plan) -> list[Any]:
    return [event for event in events(made) if isinstance(event["DTSTART"].dt, datetime)]


def titles(found: list[Any]) -> list[str]:
    return [str(event["SUMMARY"]) for event in found]


def test_a_calendar_has_one_event_for_every_use() -> None:
    made = planned("diclofenac-gel")
    found = uses_in(made)

    assert [event["DTSTART"].dt for event in found] == list(made.uses)
    assert {event["DTEND"].dt - event["DTSTART"].dt for event in found} == {timedelta(minutes=15)}
    assert titles(found)[:2] == ["Diclofenac gel: use 1 of 10", "Diclofenac gel: use 2 of 10"]
    for event in found:
        (bell,) = event.walk("VALARM")
        assert str(bell["ACTION"]) == "DISPLAY"
        assert bell["TRIGGER"].dt == timedelta()


def test_where_two_uses_a_day_are_enough_morning_and_evening_ring_and_noon_is_there_if_needed() -> None:
    found = uses_in(planned("fastum-gel", days=2))

    assert titles(found) == [
        "Fastum gel: use 1 of 6",
        "Fastum gel: use 2 of 6, if needed",
        "Fastum gel: use 3 of 6",
        "Fastum gel: use 4 of 6",
        "Fastum gel: use 5 of 6, if needed",
        "Fastum gel: use 6 of 6",
    ]
    assert [len(event.walk("VALARM")) for event in found] == [1, 0, 1, 1, 0, 1]


@pytest.mark.parametrize(
    ("fewest", "most", "now", "first", "second"),
    [
        (1, 1, None, [1], [1]),
        (1, 2, None, [1, 0], [1, 0]),
        (1, 3, None, [1, 0, 0], [1, 0, 0]),
        (2, 2, None, [1, 1], [1, 1]),
        (2, 4, None, [1, 0, 0, 1], [1, 0, 0, 1]),
        (3, 5, None, [1, 0, 1, 0, 1], [1, 0, 1, 0, 1]),
        (3, 4, None, [1, 1, 0, 1], [1, 1, 0, 1]),
        (2, 3, time(14), [1, 1], [1, 0, 1]),
        (2, 3, time(20), [1], [1, 0, 1]),
    ],
)
def test_as_many_uses_a_day_ring_as_are_enough_spread_from_the_first_to_the_last(
    fewest: int, most: int, now: time | None, first: list[int], second: list[int]
) -> None:
    often = {"times_per_day": {"min": fewest, "max": most, "sources": CITED}}
    catalogue = own(usage={"doses": [often]}, common=common(**often))

    found = uses_in(planned("gel", catalogue=catalogue, days=2, now=now))

    assert [len(event.walk("VALARM")) for event in found] == first + second


def test_a_use_says_how_much_one_line_of_how_and_when_to_stop() -> None:
    for event in uses_in(planned("fastum-gel")):
        assert str(event["DESCRIPTION"]) == (
            "Each time: a strip of 5-10 cm, spread thin.\n"
            "Spread it over the sore area and rub it in lightly, without pressing or massaging hard.\n"
            "Anything unwanted appears: stop and see a doctor at once.\n"
            f"{ORIGIN}"
        )


@pytest.mark.parametrize("remedy", PLANNED)
def test_everything_stands_once_in_the_calendar_on_the_first_day(remedy: str) -> None:
    made = planned(remedy)
    first = events(made)[0]
    text = str(first["DESCRIPTION"])
    lines = (*made.how, *made.avoid, *made.stop, *made.advice, *(one.name for one in made.not_to_confuse))

    assert str(first["SUMMARY"]) == f"{made.name}: how to use it"
    assert (first["DTSTART"].dt, first["DTEND"].dt) == (TODAY, TODAY + timedelta(days=1))
    assert first.walk("VALARM") == []
    assert [line for line in lines if line not in text] == []
    assert text.endswith(f"\n{ORIGIN}")


@pytest.mark.parametrize("remedy", PLANNED)
def test_a_calendar_is_small_and_none_of_its_uses_repeats_the_whole_plan(remedy: str) -> None:
    made = planned(remedy)

    assert len(as_calendar(made)) < 16_500
    assert max(len(event["DESCRIPTION"]) for event in uses_in(made)) <= 550


def test_the_last_day_and_what_holds_for_days_are_events_of_whole_days_up_to_the_last_of_them() -> None:
    made = planned("fastum-gel")
    last, after = events(made)[-2:]

    assert str(last["SUMMARY"]) == "Fastum gel: last day"
    assert (last["DTSTART"].dt, last["DTEND"].dt) == (date(2026, 11, 26), date(2026, 11, 27))
    assert last.walk("VALARM") == []
    assert "No relief by the last day of use: stop and see a doctor at once." in str(last["DESCRIPTION"])

    assert str(after["SUMMARY"]) == "Fastum gel: until 10 Dec 2026"
    assert (after["DTSTART"].dt, after["DTEND"].dt) == (TODAY, date(2026, 12, 11))
    assert str(after["DESCRIPTION"]) == (
        f"{made.aftercare[0].text} This holds until 10 Dec 2026, that day included.\n{ORIGIN}"
    )
    (bell,) = after.walk("VALARM")
    assert bell["TRIGGER"].dt == timedelta(hours=9)


@pytest.mark.parametrize(
    ("days_after", "during", "span"),
    [
        (14, {"during_use": True}, ("2026-11-22", "2026-12-08")),
        (14, {"during_use": False}, ("2026-11-25", "2026-12-08")),
        (1, {"during_use": False}, ("2026-11-25", "2026-11-25")),
        (0, {"during_use": True}, ("2026-11-22", "2026-11-24")),
        (0, {"during_use": False}, ("2026-11-24", "2026-11-24")),
        (2, {}, ("2026-11-25", "2026-11-26")),
    ],
)
def test_what_comes_after_begins_with_the_first_use_or_the_day_after_the_last(
    days_after: int, during: support.Json, span: tuple[str, str]
) -> None:
    after = {"text": "Wait.", "days_after_last_use": days_after, "sources": CITED} | during

    made = planned("gel", catalogue=own(usage={"doses": [{}], "aftercare": [after]}), days=3)

    assert [(f"{one.since}", f"{one.until}") for one in made.aftercare] == [span]


def test_a_calendar_is_published_not_an_invitation() -> None:
    made = planned("fastum-gel")

    assert str(icalendar.Calendar.from_ical(as_calendar(made))["METHOD"]) == "PUBLISH"


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
    assert str(uses_in(made)[0]["SUMMARY"]) == f"{NASTY}: use 1 of 15"


def test_a_calendar_for_a_doctor_says_so_in_every_use() -> None:
    first, *uses = events(planned("zhivokost"))[:11]

    assert all(str(event["DESCRIPTION"]).startswith("Only if a doctor agrees.\n") for event in uses)
    assert "\nAsk the doctor: No label of a Zhivokost pack was found." in str(first["DESCRIPTION"])


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
