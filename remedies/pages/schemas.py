"""JSON schemas of everything that goes in and out."""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from remedies.core.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.core.model import Frozen
    from remedies.pages import SchemaName


class _Described(GenerateJsonSchema):
    """Takes the description of every key from the sentence that stands under it in the source."""

    schema_dialect = "https://json-schema.org/draft/2020-12/schema"

    def model_schema(self, schema: Any) -> Any:  # noqa: ANN401 - pydantic's own signature
        """Describe one model."""
        described = super().model_schema(schema)
        model = schema["cls"]
        described["description"] = _plain(inspect.cleandoc(model.__doc__ or "").partition("\n\n")[0])
        said = dict(sentences(model))
        for name, field in model.model_fields.items():
            key = described.get("properties", {}).get(field.alias or name)
            if key is not None and name in said:
                key["description"] = said[name]
        return described

    def encode_default(self, dft: Any) -> Any:  # noqa: ANN401 - as above
        """Write a default; a model that has not been needed so far must be finished first."""
        if isinstance(dft, BaseModel):
            type(dft).model_rebuild()
        return super().encode_default(dft)


def sentences(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """Find the sentence under each field of a model."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(model))).body
    for field, below in pairwise(ast.iter_child_nodes(definition)):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, _plain(inspect.cleandoc(text))
            case _:
                continue


def _plain(text: str) -> str:
    """Write a docstring as a plain sentence on one line."""
    return " ".join(text.replace("``", "").split())


def schema_of(name: SchemaName) -> str:
    """Return a JSON schema as text; its ``$id`` carries the version of the program."""
    document = _model(name).model_json_schema(mode="validation", schema_generator=_Described)
    title = f"urn:remedies:schema:{name}:{VERSION}"
    return json.dumps({"$schema": _Described.schema_dialect, "$id": title, **document}, indent=2, ensure_ascii=False)


def _model(name: SchemaName) -> type[Frozen]:
    from remedies.advice import plan, state  # noqa: PLC0415 - slow, and only this needs all of them
    from remedies.checking import patient, report  # noqa: PLC0415 - as above
    from remedies.knowledge import facts, records, reviews  # noqa: PLC0415 - as above

    models: dict[SchemaName, type[Frozen]] = {
        "patient": patient.Patient,
        "report": report.Report,
        "plan": plan.Plan,
        "refusal": plan.Refusal,
        "state": state.State,
        "screen": state.Screen,
        "catalogue": records.CatalogueFile,
        "facts": facts.FactsFile,
        "sources": records.SourcesFile,
        "reviews": reviews.ReviewsFile,
    }
    return models[name]
