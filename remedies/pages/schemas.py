"""JSON schemas of everything that goes in and out."""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from remedies.core.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from remedies.knowledge.catalogue import Catalogue
    from remedies.pages import SchemaName


class _Described(GenerateJsonSchema):
    """Takes the description of every key from the sentence that stands under it in the source.

    What goes out to other systems is a plain dict with a type; it has no keys besides its own, as a model has none.
    """

    schema_dialect = "https://json-schema.org/draft/2020-12/schema"

    def model_schema(self, schema: Any) -> Any:  # noqa: ANN401 - pydantic's own signature
        """Describe one model."""
        model = schema["cls"]
        keys = {name: field.alias or name for name, field in model.model_fields.items()}
        return _described(super().model_schema(schema), model, keys)

    def typed_dict_schema(self, schema: Any) -> Any:  # noqa: ANN401 - as above
        """Describe one typed dict."""
        shape = schema["cls"]
        keys = {name: name for name in schema["fields"]}
        return {**_described(super().typed_dict_schema(schema), shape, keys), "additionalProperties": False}

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002 - as above
        """Leave out titles of keys, which say the key once more, and of which generators of code make types."""
        return False

    def encode_default(self, dft: Any) -> Any:  # noqa: ANN401 - as above
        """Write a default; a model that has not been needed so far must be finished first."""
        if isinstance(dft, BaseModel):
            type(dft).model_rebuild()
        return super().encode_default(dft)


def _described(schema: dict[str, Any], shape: type, keys: Mapping[str, str]) -> dict[str, Any]:
    """Add what the source says of a class and of its fields, each of which stands under a key."""
    said = dict(sentences(shape))
    for name, key in keys.items():
        if key in schema.get("properties", {}) and name in said:
            schema["properties"][key]["description"] = said[name]
    return {**schema, "description": _plain(inspect.cleandoc(shape.__doc__ or "").partition("\n\n")[0])}


def sentences(model: type) -> Iterator[tuple[str, str]]:
    """Find the sentence under each field of a model or of a typed dict."""
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


def schema_of(name: SchemaName, catalogue: Catalogue | None = None) -> str:
    """Return a JSON schema as text; its ``$id`` carries the version of the program.

    Args:
        name: what it is of.
        catalogue: whose facts are the columns of a table; the shipped one unless given.
    """
    document = _row(catalogue) if name == "screening" else _model(name)
    title = f"urn:remedies:schema:{name}:{VERSION}"
    return json.dumps({"$schema": _Described.schema_dialect, "$id": title, **document}, indent=2, ensure_ascii=False)


def _row(catalogue: Catalogue | None) -> dict[str, Any]:
    from remedies.knowledge.catalogue import given  # noqa: PLC0415 - only this schema depends on a catalogue
    from remedies.pages.screening import row_schema  # noqa: PLC0415 - as above

    return row_schema(given(catalogue).rulebook.vocabulary)


def _model(name: SchemaName) -> dict[str, Any]:
    return TypeAdapter(_shape(name)).json_schema(mode="validation", schema_generator=_Described)


def _shape(name: SchemaName) -> type:
    from remedies.advice import plan, state  # noqa: PLC0415 - slow, and only this needs all of them
    from remedies.checking import patient, report  # noqa: PLC0415 - as above
    from remedies.core import cards, resources  # noqa: PLC0415 - as above
    from remedies.knowledge import facts, records, reviews  # noqa: PLC0415 - as above

    found: dict[SchemaName, type] = {
        "patient": patient.Patient,
        "report": report.Report,
        "plan": plan.Plan,
        "refusal": plan.Refusal,
        "state": state.State,
        "screen": state.Screen,
        "cds-card": cards.CdsCard,
        "guidance": resources.GuidanceResponse,
        "medication-request": resources.MedicationRequest,
        "catalogue": records.CatalogueFile,
        "facts": facts.FactsFile,
        "sources": records.SourcesFile,
        "reviews": reviews.ReviewsFile,
    }
    return found[name]


def shapes_of(shapes: Mapping[str, Any], reference: str) -> dict[str, Any]:
    """Describe several types at once, each under a name, with what they share beside them.

    Args:
        shapes: types by the names under which they are described.
        reference: how one refers to another: ``#/components/schemas/{model}``.
    """
    adapters = [(name, "validation", TypeAdapter(shape)) for name, shape in shapes.items()]
    found, shared = TypeAdapter.json_schemas(adapters, schema_generator=_Described, ref_template=reference)  # type: ignore[arg-type]
    described: dict[str, Any] = dict(shared.get("$defs", {}))
    for (name, _), schema in found.items():
        # A model stands among what is shared, under its own name.
        if schema != {"$ref": reference.format(model=name)}:
            described[name] = schema
    return described
