"""The routes do what the OpenAPI document says, whatever is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from web.test_openapi import APP, DOCUMENT, OPERATIONS

if TYPE_CHECKING:
    from schemathesis import Case

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES_EACH = 15
"""So many requests of each kind are made up for each route."""

LENIENT = {"POST /api/verdicts", "POST /api/fhir/check", "POST /cds-services/topical-remedies"}
"""Where what is wrong with a patient or a resource is answered, and does not fail the request."""


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_whatever_is_sent_is_answered_as_the_document_says_and_never_by_a_fault_of_ours(
    operation: str, mode: GenerationMode
) -> None:
    method, path = operation.split(" ")
    described = schemathesis.openapi.from_dict(DOCUMENT)
    described.app = APP
    checks = [*CHECKS]
    if mode is GenerationMode.NEGATIVE and operation not in LENIENT:
        checks.append(negative_data_rejection)
    cases = described[path][method].as_strategy()
    if method == "POST":
        cases = described[path][method].as_strategy(generation_mode=mode)

    @seed(1366)
    @settings(
        max_examples=EXAMPLES_EACH,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def answered(case: Case[Any]) -> None:
        case.call_and_validate(checks=checks)

    answered()
