"""What every plan must say: nine points per remedy, read from its labels and those of its class.

A point is what the plan must contain, word for word; None where the labels of the remedy and of its class are silent.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import NamedTuple

import pytest
from plans import PLANNED, SHIPPED, person, planned

from remedies.pages.layout import as_markdown, as_text
from remedies.pages.plan import as_html, rendered, sections

WHOLE = "Only on whole, healthy skin, never on wounds or a rash."
LARGE = "Not on large areas or for long: too much gets into the blood."
LININGS = "Keep it away from the eyes, the mouth and other moist linings."
AIRTIGHT = "No airtight dressing over the treated skin."
TIGHT = "Put no tight or airtight bandage over it."
PAD = "No heat pad or hot-water bottle on it."
FLAMES = "Keep away from flames; never warm it in hot water or a microwave"
SOAKED = "Keep clothes and bedding that it has soaked into away from flames: they burn fast."
DIRECT = "Keep the treated skin out of direct sun."
UNTIL = "Until 2026-12-10: The sun stays barred: no direct sun and no sunbed on the treated skin."

Words = str | tuple[str, ...] | None
"""What a plan must contain, in one place or in several; None where the labels are silent."""


class Points(NamedTuple):
    """What the plan of one remedy says."""

    whole: Words
    """(a) On what skin."""
    large: Words
    """(b) Not on large areas, and why."""
    linings: Words
    """(c) Away from eyes, mouth and other moist linings."""
    hours: int | None
    """(d) The fewest hours between uses."""
    airtight: Words
    """(e) Nothing airtight or tight over it."""
    heat: Words
    """(f) No heat."""
    flame: Words
    """(g) No flame near it."""
    namesakes: Words
    """(h) What it is mistaken for."""
    sun: Words
    """(i) Until when the sun is barred; without a date where the labels give no days."""


POINTS = {
    "fastum-gel": Points(
        whole=WHOLE,
        large=(LARGE, "large amounts can cause an allergy of the whole body and asthma."),
        linings=(LININGS, "Keep it off the anal and genital area."),
        hours=None,
        airtight=AIRTIGHT,
        heat=None,
        flame=None,
        namesakes="Other ketoprofen 2.5% gels: Their limits differ",
        sun=(
            "No sun on the treated skin, not even hazy sun, and no sunbed or UV lamp.",
            "Until 2026-12-10: Keep the treated skin covered by clothing, out of the sun, even hazy sun,",
        ),
    ),
    "finalgon": Points(
        whole=WHOLE,
        large="Do not cover a large area: flushing and a fall in blood pressure may follow.",
        linings="Keep it away from eyes, nose, mouth and other moist lining.",
        hours=None,
        airtight=TIGHT,
        heat=("No hot bath or shower, sauna or other heat", "Add no warmth with a woollen wrap or heat pad"),
        flame=None,
        namesakes=("Finalgon sold for blood sampling", "Finalgon warming cream"),
        sun=DIRECT,
    ),
    "dolobene": Points(
        whole=(WHOLE, "Start with clean, bare skin"),
        large="Do not use it on a large area: heart and breathing complaints have been reported after that.",
        linings="Keep it out of the eyes, nose and mouth and off other moist linings.",
        hours=None,
        airtight=AIRTIGHT,
        heat=None,
        flame=None,
        namesakes=("Hepathrombin", "Hepatrombin cream"),
        sun=None,
    ),
    "camphor-oil": Points(
        whole=WHOLE,
        large="Use it on a small area only: camphor is taken up well through the skin.",
        linings=LININGS,
        hours=None,
        airtight=TIGHT,
        heat=(PAD, "Leave an hour between it and any bath or shower"),
        flame=(FLAMES, SOAKED, "The spirit and the liniment catch fire easily."),
        namesakes=("Camphorated oil", "Arnica and camphor ointments", "Camphor rubs with methyl salicylate"),
        sun=DIRECT,
    ),
    "zvezdochka": Points(
        whole=WHOLE,
        large="Use it on a small area only: camphor is taken up well through the skin.",
        linings="Keep it out of the nose, the eyes and the mouth.",
        hours=None,
        airtight=TIGHT,
        heat=(PAD, "Leave an hour between it and any bath or shower"),
        flame=(FLAMES, SOAKED),
        namesakes=("Zvezdochka universal balm", "Zvezdochka liquid balm"),
        sun=DIRECT,
    ),
    "viprosal-v": Points(
        whole=WHOLE,
        large=(LARGE, "camphor is taken up well", "spread widely, turpentine can harm the kidneys and nerves."),
        linings=LININGS,
        hours=None,
        airtight=TIGHT,
        heat=(PAD, "Leave an hour between it and any bath or shower"),
        flame=(FLAMES, SOAKED),
        namesakes=("Salvisar ointment", "Nizhvisal B, Alvipsal"),
        sun=DIRECT,
    ),
    "doctor-mom": Points(
        whole=WHOLE,
        large=("camphor is taken up well", "spread widely, turpentine can harm the kidneys and nerves."),
        linings="Keep it out of the nose, mouth and eyes and off the face.",
        hours=None,
        airtight=TIGHT,
        heat=(PAD, "Put no warm dressing, heat wrap or warm clothing over it"),
        flame=(FLAMES, SOAKED),
        namesakes=("Doctor MOM Rubon", "Doctor MOM syrup", "Vicks VapoRub"),
        sun=DIRECT,
    ),
    "zhivokost": Points(
        whole="Only on whole skin: never on grazes, cuts or irritated skin.",
        large=None,
        linings="Keep it away from eyes, nose and mouth.",
        hours=None,
        airtight=("No airtight dressing over it.", "tight bandage over it."),
        heat="put no heat pad, hot-water bottle or tight bandage over it.",
        flame=None,
        namesakes=("Larkspur", "bee venom, bodyaga, bishofite", "Traumaplant", "Kytta-Balsam f", "Kytta Schmerzsalbe"),
        sun=None,
    ),
    "turpentine-oil": Points(
        whole=WHOLE,
        large="Use it on a small area only: spread widely, turpentine can harm the kidneys and nerves.",
        linings="Keep it away from the face, ears, eyes, lips and other moist or delicate skin.",
        hours=None,
        airtight=TIGHT,
        heat=PAD,
        flame="Keep it away from flames: it catches fire easily.",
        namesakes=("Crude gum turpentine or paint thinner", "Turpentine ointment 20%", "White Liniment"),
        sun=None,
    ),
    "turpentine-ointment": Points(
        whole=WHOLE,
        large="Use it on a small area only: spread widely, turpentine can harm the kidneys and nerves.",
        linings="Keep it off eyes, lips and other moist skin.",
        hours=None,
        airtight=TIGHT,
        heat=PAD,
        flame=SOAKED,
        namesakes="Turpentine oil: The bottle is undiluted oil",
        sun=None,
    ),
    "capsicam": Points(
        whole=WHOLE,
        large=("camphor is taken up well", "turpentine can harm the kidneys", "a fall in blood pressure may follow."),
        linings="Keep it away from eyes, nose, mouth and other moist lining.",
        hours=None,
        airtight=TIGHT,
        heat=("No hot bath or shower, sauna or other heat", PAD),
        flame=FLAMES,
        namesakes=None,
        sun=DIRECT,
    ),
    "formic-alcohol": Points(
        whole=WHOLE,
        large="Do not use it over a large area.",
        linings="Keep it off lips and other moist skin.",
        hours=None,
        airtight="Do not bandage it while wet: covered skin takes up more of the alcohol.",
        heat=PAD,
        flame="Keep it away from flames: it is 70% alcohol",
        namesakes="Concentrated formic acid",
        sun=None,
    ),
    "nicotinic-acid": Points(
        whole=(WHOLE, "a thin layer on clean, dry skin"),
        large="Do not cover a large area: flushing and a fall in blood pressure may follow.",
        linings="Keep it away from eyes, lips, face and moist lining",
        hours=2,
        airtight=TIGHT,
        heat=("No hot bath right before or after it, and no other heat.", "Do not use hot water to take it off"),
        flame=None,
        namesakes=("Deep Heat Rub", "Radian B Muscle Rub"),
        sun=(DIRECT, "No sunbed or UV lamp on the treated skin."),
    ),
    "apizartron": Points(
        whole=WHOLE,
        large=LARGE,
        linings=LININGS,
        hours=None,
        airtight=TIGHT,
        heat="Add no heat from a pad, hot bottle or lamp.",
        flame=SOAKED,
        namesakes="Ungapiven ointment",
        sun=DIRECT,
    ),
    "diclofenac-gel": Points(
        whole=WHOLE,
        large=LARGE,
        linings=LININGS,
        hours=12,
        airtight=(AIRTIGHT, "An airtight one lets about three times as much into the body"),
        heat="No hot tub, sauna or heating pad on the treated skin: heat drives more into the body.",
        flame=None,
        namesakes=("The 1%, 2% and 5% strengths", "Diclofenac 3% gel", "Diclofenac ointments with further ingredients"),
        sun=("Keep the treated skin out of direct sun and off sunbeds.", UNTIL),
    ),
    "chondroxide": Points(
        whole="Only on clean, whole skin.",
        large=None,
        linings="Keep it out of the eyes and mouth and off other moist linings.",
        hours=None,
        airtight=None,
        heat=None,
        flame=None,
        namesakes=("Chondroxide Forte cream", "Chondrofen ointment"),
        sun=None,
    ),
    "diclovit": Points(
        whole=WHOLE,
        large=LARGE,
        linings=LININGS,
        hours=None,
        airtight=(AIRTIGHT, "An airtight one lets about three times as much into the body"),
        heat="No hot tub, sauna or heating pad on the treated skin: heat drives more into the body.",
        flame=None,
        namesakes="Diclovit suppositories",
        sun=("Keep the treated skin out of direct sun and off sunbeds.", UNTIL),
    ),
    "ketorol-gel": Points(
        whole=(WHOLE, "Wash and dry the skin first."),
        large=LARGE,
        linings=LININGS,
        hours=4,
        airtight=(AIRTIGHT, "No tight bandage either."),
        heat=None,
        flame=None,
        namesakes="Ketorol tablets and injection",
        sun=("Keep the treated skin out of direct sun and off sunbeds.", UNTIL),
    ),
    "ibuprofen-gel": Points(
        whole=WHOLE,
        large=LARGE,
        linings=(LININGS, "Keep it off the anal and genital area."),
        hours=4,
        airtight=(AIRTIGHT, "No plaster and no airtight clothing over it either."),
        heat=None,
        flame="Do not smoke or go near a naked flame: clothes and bedding with gel on them burn easily.",
        namesakes=("Ibuprofen 10% gel", "Ibuprofen 5% ointment", "Deep Relief"),
        sun=("out of direct sun and off sunbeds, above all for two hours after each use.", UNTIL),
    ),
    "nise-gel": Points(
        whole=(WHOLE, "Wash and dry the skin first."),
        large=LARGE,
        linings=(LININGS, "If it gets into the eyes or the mouth, rinse with water at once."),
        hours=None,
        airtight=(AIRTIGHT, "Do not bandage the area or put a compress over it."),
        heat=None,
        flame=None,
        namesakes=("Nise Activgel", "Nise Plus", 'Combination gel also called "Nise gel"', "Nimesulide 3% gels"),
        sun=("Keep the treated skin out of direct sun and off sunbeds.", UNTIL),
    ),
}

SPEAKS_OF = {
    "large": r"(?i)large area|small area",
    "airtight": r"(?i)airtight|tight bandage",
    "heat": r"(?i)heat (pad|wrap)|hot-water bottle|sauna|hot bath|does not go with heat",
    "flame": r"(?i)flame|fire",
    "namesakes": r"(?i)not to be confused",
    "sun": r"\b(?:sun|sunbeds?|UV)\b",
}
"""Words by which a plan is known to speak of a point, for the plans that must be silent on it."""

AFTER_THREE_DAYS = {
    "fastum-gel": "No better after 3 days, or worse: see a doctor.",
    "doctor-mom": "No better after 3 days: see a doctor.",
    "zhivokost": "No better after 3 to 4 days, or worse: see a doctor.",
    "turpentine-oil": "No better after 3 days, or worse: see a doctor.",
    "turpentine-ointment": "No better after 3 days, or worse: see a doctor.",
    "nicotinic-acid": "No better after 3 days: see a doctor.",
    "diclofenac-gel": "No better after 3 to 5 days, or worse: see a doctor.",
    "ibuprofen-gel": "No better after 3 days: see a doctor.",
}
"""When to see a doctor without relief, where labels say three days or so."""


def told(remedy: str) -> str:
    """Write the plan of a healthy man of 34 as text, every line whole."""
    return as_text(sections(planned(remedy)), 1000)


def words(line: str) -> set[str]:
    return set(re.findall(r"[\w'%]+", line.lower()))


def lines(remedy: str) -> list[str]:
    """List what a plan says in sentences, from how it is used to what else helps."""
    made = planned(remedy)
    after = (one.text for one in made.aftercare)
    return [*made.how, *made.avoid, *after, *made.stop, *made.advice]


def test_every_planned_remedy_has_its_points() -> None:
    assert list(POINTS) == PLANNED


@pytest.mark.parametrize("point", [name for name in Points._fields if name != "hours"])
@pytest.mark.parametrize("remedy", PLANNED)
def test_a_plan_says_what_the_labels_say_and_keeps_silent_where_they_do(remedy: str, point: str) -> None:
    said: Words = getattr(POINTS[remedy], point)
    text = told(remedy)

    for part in (said,) if isinstance(said, str) else said or ():
        assert part in text
    if said is None:
        assert re.findall(SPEAKS_OF[point], text) == []


@pytest.mark.parametrize("remedy", PLANNED)
def test_a_plan_names_the_hours_between_uses_where_a_label_gives_them(remedy: str) -> None:
    hours = POINTS[remedy].hours
    found = re.findall(r"hours between uses: (\d+)", told(remedy))

    assert found == ([] if hours is None else [str(hours)])


@pytest.mark.parametrize("remedy", PLANNED)
def test_markdown_and_the_page_name_what_a_remedy_is_mistaken_for(remedy: str) -> None:
    made = planned(remedy)
    pages = as_html(made), as_markdown(sections(made))

    for page in pages:
        assert ("Not to be confused with" in page) == bool(made.not_to_confuse)
        assert [one.name for one in made.not_to_confuse if one.name.split('"')[0].split("(")[0] not in page] == []


@pytest.mark.parametrize("remedy", PLANNED)
def test_no_two_lines_of_a_plan_are_alike(remedy: str) -> None:
    """Two lines are alike if more than four fifths of the words of the shorter one stand in the other as well."""
    pairs = combinations(lines(remedy), 2)
    alike = [pair for pair in pairs if 5 * len(words(pair[0]) & words(pair[1])) > 4 * min(map(len, map(words, pair)))]

    assert alike == []


SMALL_WORDS = set(re.findall(r"\w+", "a do get if it more not of off on or over take the then time to you"))
SAID_OTHERWISE = {
    "area": "skin",
    "breathlessness": "short breath",
    "cover": "small area only",
    "hard": "do not",
    "hives": "vomiting",
    "hot": "above body heat",
    "large": "small area only",
    "rash": "any skin reaction",
    "reaches": "gets into",
    "rubbing": "massag",
    "sore": "painful",
    "spread": "work",
    "treated": "skin",
    "widespread": "hives",
}
"""What says in another line what a word said in the line that it replaces."""


@pytest.mark.parametrize("remedy", PLANNED)
def test_a_line_that_replaces_another_loses_none_of_what_it_said(remedy: str) -> None:
    guidance = SHIPPED.guidance(SHIPPED.find(remedy))

    for entry in (*guidance.how, *guidance.avoid, *guidance.stop):
        for text in entry.replaces:
            for word in words(text) - words(entry.text) - SMALL_WORDS:
                assert SAID_OTHERWISE[word] in entry.text.lower() or word in {"rubbing", "spread"}, (text, entry.text)


def test_hives_are_a_reason_for_help_at_once_where_a_milder_line_on_them_is_left_out() -> None:
    urgent = [text for text in planned("viprosal-v").stop if "hives" in text]

    assert [text.endswith("stop and get medical help at once.") for text in urgent] == [True]


@pytest.mark.parametrize("remedy", PLANNED)
def test_how_to_spread_it_when_to_give_up_and_what_is_unwanted_are_each_told_once(remedy: str) -> None:
    made = planned(remedy)

    assert len([text for text in made.how if "pressing" in text]) == 1
    assert "pressing" in made.how[0]
    assert len([text for text in made.stop if "No relief by the last day of use" in text]) == 1
    assert made.stop[-1] == "Anything unwanted appears: stop and see a doctor at once."


@pytest.mark.parametrize("remedy", PLANNED)
def test_no_plan_is_longer_than_eighty_rows_of_eighty_columns(remedy: str) -> None:
    assert len(as_text(sections(planned(remedy)), 80).splitlines()) <= 80


@pytest.mark.parametrize("remedy", AFTER_THREE_DAYS)
def test_a_day_on_which_to_see_a_doctor_is_a_sign_to_stop_and_shortens_nothing(remedy: str) -> None:
    made = planned(remedy)

    assert AFTER_THREE_DAYS[remedy] in made.stop
    assert made.days == 5


@pytest.mark.parametrize("remedy", ["diclovit", "ketorol-gel", "ibuprofen-gel"])
def test_old_age_is_watched_closely(remedy: str) -> None:
    assert "In old age, watch closely for side effects." in planned(remedy).how


@pytest.mark.parametrize("age", [3, 7, 11])
def test_a_child_gets_a_trace_of_zvezdochka_and_no_grown_up_s_amount(age: int) -> None:
    made = planned("zvezdochka", person(age=age))

    assert made.amount == "a trace, for no label on file gives a child's amount"
    assert made.times_per_day.max == 3
    assert any("Never put it on a child's chest or face or near the nose" in line for line in made.avoid)
    assert "no label on file gives a child's amount" in str(rendered(made, "text", 80)).replace("\n", " ")


def test_from_twelve_years_on_zvezdochka_has_the_grown_up_s_amount() -> None:
    assert planned("zvezdochka", person(age=12)).amount == "a little, in a thin layer"
