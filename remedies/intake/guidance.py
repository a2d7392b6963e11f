"""A report as a GuidanceResponse of FHIR R4: every verdict, and what data would settle what is undecided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from remedies.checking.remarks import not_understood, referral_line, with_cure
from remedies.checking.report import Report
from remedies.core.errors import of_type, unmarked
from remedies.intake.code_lists import LOINC, codings_of
from remedies.intake.outward import (
    MOST_REASONS,
    PURPOSE,
    besides,
    catalogue_behind,
    content_identifier,
    module_uri,
    on_one_line,
    subject_of,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from remedies.checking.report import Reason, Referral, RemedyVerdict
    from remedies.core.resources import (
        Annotation,
        Coding,
        DataRequirement,
        GuidanceResponse,
        Issue,
        OperationOutcome,
        Parameter,
        ParameterPart,
        Parameters,
    )
    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.topics import Topic

_Resource = Literal["Condition", "AllergyIntolerance", "MedicationStatement", "Observation"]

_RESOURCES: dict[Topic, tuple[_Resource, str]] = {
    "conditions": ("Condition", "code"),
    "skin": ("Condition", "code"),
    "signs": ("Condition", "code"),
    "allergies": ("AllergyIntolerance", "code"),
    "medicines": ("MedicationStatement", "medication"),
    "circumstances": ("Observation", "code"),
}
"""Which resource says a fact of a topic, and the element with its code."""

_OBSERVED: dict[str, tuple[str, ...]] = {
    "pregnancy": ("82810-3", "11884-4", "11778-8"),
    "breastfeeding": ("63895-7",),
}
"""Which observations say what is no fact of a topic, by LOINC: status, gestational age, and delivery date."""


def to_guidance_response(report: Report, catalogue: Catalogue | None = None) -> GuidanceResponse:
    """Write a report as a GuidanceResponse of FHIR R4.

    It is ``data-required`` while any verdict is undecided, with one data requirement per fact that would
    settle something, and otherwise ``success``. The verdicts are in the contained parameters, what was not
    understood or taken as "no" is in the contained messages. The report is not changed, and the same report
    has the same response.

    Args:
        report: what a check found.
        catalogue: the one that the report rests on, for labels and codes; where that is neither given nor the
            shipped one, facts are named by their ids alone.

    Raises:
        ArgumentError: something is of the wrong Python type.
        CatalogueError: the report rests on another catalogue than the one that was given.

    >>> from remedies import Patient, check
    >>> response = to_guidance_response(check(Patient(age=11), remedies=["finalgon"]))
    >>> response["status"], response["contained"][0]["parameter"][0]["part"][2]
    ('success', {'name': 'verdict', 'valueCode': 'excluded'})
    """
    of_type(report, Report, "report", "a Report")
    behind = catalogue_behind(report.catalogue, catalogue)
    said = [*map(_sign, report.refer), *map(_verdict, report.verdicts)]
    parameters: Parameters = {
        "resourceType": "Parameters",
        "id": "verdicts",
        "parameter": [*said, *_sources(report, said)],
    }
    response: GuidanceResponse = {
        "resourceType": "GuidanceResponse",
        "contained": [parameters],
        "identifier": [],
        "moduleUri": module_uri(report.catalogue),
        "status": "data-required" if report.undecided else "success",
        "subject": subject_of(report.patient),
        "occurrenceDateTime": f"{report.as_of}",
        "reasonCode": [{**PURPOSE}],
        "note": list(_notes(report)),
        "outputParameters": {"reference": "#verdicts"},
    }
    issues = list(_issues(report, behind))
    if issues:
        outcome: OperationOutcome = {"resourceType": "OperationOutcome", "id": "messages", "issue": issues}
        response["contained"].append(outcome)
        response["evaluationMessage"] = [{"reference": "#messages"}]
    required = list(_required(report, behind))
    if required:
        response["dataRequirement"] = required
    response["identifier"] = [content_identifier(report.catalogue.sha256, response)]
    return response


def _sign(sign: Referral) -> Parameter:
    part: list[ParameterPart] = [
        {"name": "sign", "valueCode": sign.sign},
        {"name": "urgency", "valueCode": sign.urgency},
        {"name": "because", "valueString": on_one_line(f"{sign.label}: {sign.because}")},
        *_cited(sign),
    ]
    return {"name": "referral", "part": part}


def _verdict(entry: RemedyVerdict) -> Parameter:
    """Give a verdict with its first reasons and where each stands."""
    part: list[ParameterPart] = [
        {"name": "remedy", "valueCode": entry.remedy},
        {"name": "name", "valueString": on_one_line(entry.name)},
        {"name": "verdict", "valueCode": entry.verdict},
        {"name": "at-least", "valueCode": entry.at_least},
        {"name": "at-most", "valueCode": entry.at_most},
    ]
    for reason in told(entry)[:MOST_REASONS]:
        part.append({"name": "because", "valueString": on_one_line(with_cure(reason.because, reason.cure))})
        part += _cited(reason)
    return {"name": "verdict", "part": part}


def _cited(said: Reason | Referral) -> Iterator[ParameterPart]:
    return ({"name": "source", "valueString": citation} for citation in said.sources)


def _sources(report: Report, said: Iterable[Parameter]) -> Iterator[Parameter]:
    """Describe every source that is named, once, by the key that stands before the colon of a citation."""
    cited = (part["valueString"] for one in said for part in one["part"] if part["name"] == "source")
    for key in dict.fromkeys(citation.partition(": ")[0] for citation in cited):
        source = report.sources[key]
        part: list[ParameterPart] = [
            {"name": "key", "valueString": key},
            {"name": "title", "valueString": on_one_line(source.title)},
            {"name": "country", "valueString": on_one_line(source.country)},
        ]
        if source.url is not None:
            part.append({"name": "url", "valueUri": source.url})
        yield {"name": "source", "part": part}


def _notes(report: Report) -> Iterator[Annotation]:
    sign = referral_line(report)
    if sign:
        yield {"text": unmarked(sign)}
    for question in report.questions:
        yield {"text": unmarked(question.text)}
    yield {"text": unmarked(f"{report.review[:1].upper()}{report.review[1:]}. {report.disclaimer}")}


def _issues(report: Report, catalogue: Catalogue | None) -> Iterator[Issue]:
    for word in report.unclear:
        said = on_one_line(not_understood(word.word, word.topic, word.suggestions))
        yield {"severity": "warning", "code": "code-invalid", "diagnostics": said}
    for line in besides(report, None if catalogue is None else catalogue.vocabulary):
        yield {"severity": "information", "code": "informational", "diagnostics": on_one_line(line)}


def _required(report: Report, catalogue: Catalogue | None) -> Iterator[DataRequirement]:
    """Say for every fact that would settle something which resource would say it, and with which codes."""
    for question in report.questions:
        for fact in question.facts:
            match question.topic:
                case "age":
                    yield {"type": "Patient", "mustSupport": ["birthDate"]}
                case "pregnancy" | "breastfeeding":
                    codes: list[Coding] = [{"system": LOINC, "code": code} for code in _OBSERVED[fact]]
                    yield {"type": "Observation", "codeFilter": [{"path": "code", "code": codes}]}
                case topic:
                    kind, path = _RESOURCES[topic]
                    codes = list(codings_of(fact, catalogue))
                    yield {"type": kind, "codeFilter": [{"path": path, "code": codes}]}
