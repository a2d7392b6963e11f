"""A plan as a MedicationRequest of FHIR R4: proposed and not ordered, with every limit of the plan in it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from fhir.resources.R4B.medicationrequest import MedicationRequest as Model
from jsonschema import Draft202012Validator
from outgoing import written
from plans import HEALTHY, PLANNED, asked, person, planned
from support import CITED, TODAY, one_remedy

from remedies import ArgumentError, CatalogueError, Plan, Refusal, to_medication_request
from remedies.pages.schemas import schema_of

RECORDS = {
    one["id"]: one
    for one in json.loads((Path(__file__).parents[2] / "data" / "remedies.json").read_text("utf-8"))["remedies"]
}
"""The records as they are written."""


@pytest.fixture(scope="module")
def plans() -> dict[str, Plan]:
    """Plan every remedy that has a label's dose."""
    made = {remedy: asked(remedy) for remedy in PLANNED}
    return {remedy: one for remedy, one in made.items() if isinstance(one, Plan)}


def test_every_request_is_a_medication_request_of_r4_and_keeps_to_our_schema(plans: dict[str, Plan]) -> None:
    validator = Draft202012Validator(json.loads(schema_of("medication-request")))
    assert len(plans) > 15
    for plan in plans.values():
        request = to_medication_request(plan)
        Model.model_validate_json(written(request))
        assert list(validator.iter_errors(request)) == []


def test_it_is_a_draft_of_a_proposal_which_nobody_has_ordered_and_nothing_else_may_replace(
    plans: dict[str, Plan],
) -> None:
    for plan in plans.values():
        request = plan.to_medication_request()
        assert (request["status"], request["intent"]) == ("draft", "proposal")
        assert request["substitution"] == {"allowedBoolean": False}
        assert request["dispenseRequest"]["numberOfRepeatsAllowed"] == 0


def test_the_days_run_from_the_first_to_the_last_day_of_use_and_no_further(plans: dict[str, Plan]) -> None:
    for plan in plans.values():
        (dosage,) = plan.to_medication_request()["dosageInstruction"]
        period = dosage["timing"]["repeat"]["boundsPeriod"]
        assert period == plan.to_medication_request()["dispenseRequest"]["validityPeriod"]
        used = {use.date() for use in plan.uses}
        assert (date.fromisoformat(period["start"]), date.fromisoformat(period["end"])) == (min(used), max(used))


def test_a_course_of_one_day_ends_on_the_day_on_which_it_starts() -> None:
    (dosage,) = planned("dolobene", days=1).to_medication_request()["dosageInstruction"]

    assert dosage["timing"]["repeat"]["boundsPeriod"] == {"start": f"{TODAY}", "end": f"{TODAY}"}
    assert dosage["text"].startswith("2 to 3 times a day for 1 day, ")


@pytest.mark.parametrize(
    ("remedy", "frequency"),
    [("dolobene", (2, 3)), ("diclofenac-gel", (2, None)), ("nicotinic-acid", (1, None))],
)
def test_times_a_day_are_the_fewest_and_where_it_differs_the_most(
    remedy: str, frequency: tuple[int, int | None]
) -> None:
    (dosage,) = planned(remedy).to_medication_request()["dosageInstruction"]
    repeat = dosage["timing"]["repeat"]

    assert (repeat["frequency"], repeat.get("frequencyMax")) == frequency
    assert (repeat["period"], repeat["periodUnit"]) == (1, "d")


def test_every_line_of_the_plan_stands_in_the_request(plans: dict[str, Plan]) -> None:
    for plan in plans.values():
        request = plan.to_medication_request()
        (dosage,) = request["dosageInstruction"]
        lines = [line["text"] for line in dosage["additionalInstruction"]]
        assert {*plan.how, *plan.avoid, *plan.stop, *plan.advice} <= set(lines)
        assert {f"{one.text} (until {one.until})" for one in plan.aftercare} <= set(lines)
        assert plan.amount is None or plan.amount in dosage["text"]
        assert request["note"][-1]["text"].endswith(plan.disclaimer)


def test_hours_between_uses_and_the_most_in_a_day_are_instructions() -> None:
    (dosage,) = planned("ketorol-gel").to_medication_request()["dosageInstruction"]
    lines = [line["text"] for line in dosage["additionalInstruction"]]

    assert lines[:2] == ["At least 4 hours between two uses.", "At most 4 applications in a day."]


def test_a_weight_for_one_use_is_a_dose_and_for_the_course_a_quantity_to_hand_out() -> None:
    gram = {"unit": "g", "system": "http://unitsofmeasure.org", "code": "g"}
    two, one_to_three = planned("diclofenac-gel"), planned("capsicam")

    assert two.to_medication_request()["dosageInstruction"][0]["doseAndRate"] == [
        {"doseQuantity": {"value": 2, **gram}}
    ]
    assert one_to_three.to_medication_request()["dosageInstruction"][0]["doseAndRate"] == [
        {"doseRange": {"low": {"value": 1, **gram}, "high": {"value": 3, **gram}}}
    ]
    assert two.to_medication_request()["dispenseRequest"]["quantity"] == {"value": 2 * len(two.uses), **gram}


def test_without_a_weight_there_is_neither(plans: dict[str, Plan]) -> None:
    weighed = {
        remedy for remedy, plan in plans.items() if "quantity" in plan.to_medication_request()["dispenseRequest"]
    }
    dosed = {
        remedy
        for remedy, plan in plans.items()
        if "doseAndRate" in plan.to_medication_request()["dosageInstruction"][0]
    }
    in_data = {
        remedy
        for remedy in plans
        if any("grams" in dose.get("amount", {}) for dose in RECORDS[remedy]["usage"]["doses"])
    }
    assert weighed == dosed == in_data


def test_the_remedy_is_named_in_words_and_by_the_atc_codes_of_its_record(plans: dict[str, Plan]) -> None:
    coded = 0
    for remedy, plan in plans.items():
        named = plan.to_medication_request()["medicationCodeableConcept"]
        wanted = [{"system": "http://www.whocc.no/atc", "code": code} for code in RECORDS[remedy].get("atc", [])]
        assert (named["text"], named.get("coding", [])) == (RECORDS[remedy]["name"], wanted)
        coded += bool(wanted)
    assert 10 < coded < len(plans)


def test_where_the_catalogue_is_not_at_hand_the_remedy_is_named_in_words_alone() -> None:
    usage = {
        "doses": [
            {
                "times_per_day": {"min": 2, "max": 3, "sources": CITED},
                "amount": {"text": "a little", "sources": CITED},
            }
        ]
    }
    catalogue = one_remedy([])
    record = json.loads(catalogue._contents.remedies)
    record["remedies"][0] |= {"atc": ["M02AA15"], "usage": usage}
    catalogue = type(catalogue)((json.dumps(record).encode(), *catalogue._contents[1:3]))
    plan = planned("gel", HEALTHY, catalogue)

    assert plan.to_medication_request()["medicationCodeableConcept"] == {"text": "Gel"}
    assert plan.to_medication_request(catalogue)["medicationCodeableConcept"]["coding"] == [
        {"system": "http://www.whocc.no/atc", "code": "M02AA15"}
    ]
    with pytest.raises(CatalogueError, match="is not the one that this rests on"):
        planned("dolobene").to_medication_request(catalogue)


def test_what_to_ask_a_doctor_first_is_the_first_note_and_what_nobody_said_stands_there() -> None:
    plan = planned("zhivokost", person(conditions={"yes": [], "rest": "no"}))
    first = plan.to_medication_request()["note"][0]["text"]

    assert plan.verdict == "ask-doctor"
    assert first == f"Ask a doctor first: {plan.ask_doctor[0]}"
    told = plan.model_copy(update={"not_said": ("asthma", "an open wound")}).to_medication_request()
    assert {"text": "Nobody has said yet: asthma, an open wound."} in told["note"]


def test_the_plan_is_for_the_patient_whose_id_was_given_and_written_on_the_day_of_the_check() -> None:
    request = planned("dolobene", person(id="p-1"), start=TODAY + timedelta(days=2)).to_medication_request()

    assert request["subject"] == {"reference": "Patient/p-1"}
    assert request["authoredOn"] == f"{TODAY}"
    assert planned("dolobene").to_medication_request()["subject"] == {
        "display": "The person who was asked about; no id was given"
    }


def test_the_same_plan_has_the_same_request_and_stays_as_it_is(plans: dict[str, Plan]) -> None:
    names = set()
    for plan in plans.values():
        before = plan.model_dump_json()
        request = written(plan.to_medication_request())
        assert request == written(to_medication_request(plan))
        assert request == written(to_medication_request(Plan.model_validate_json(before)))
        assert plan.model_dump_json() == before
        names.add(plan.to_medication_request()["identifier"][0]["value"])
    assert len(names) == len(plans)


def test_there_is_no_order_of_a_refusal() -> None:
    refusal = asked("finalgon", person(age=11))
    assert isinstance(refusal, Refusal)
    assert not hasattr(refusal, "to_medication_request")

    with pytest.raises(ArgumentError) as caught:
        to_medication_request(refusal)  # type: ignore[arg-type]

    assert str(caught.value) == "plan: must be a Plan; a Refusal has no order, not a Refusal"
