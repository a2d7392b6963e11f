"""What a statement rests on: the documents, and where in them it stands."""

from typing import Annotated, Any, Self, get_args

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from remedies.core.errors import quoted
from remedies.core.model import Frozen, Isodate, Text
from remedies.knowledge.topics import Grade, Section

_SECTIONS: tuple[Section, ...] = get_args(Section)
_CITATION_HELP = f'must be "source: section", where section is one of {", ".join(_SECTIONS)}'


class Citation(str):
    """Where a statement stands, as ``"dolobene-ch-fi: contraindications"``: which source, and which part of it."""

    __slots__ = ()

    @property
    def source(self) -> str:
        """The key of the source in the bibliography."""
        return self.partition(": ")[0]

    @property
    def section(self) -> str:
        """The part of the source where the statement stands."""
        return self.partition(": ")[2]

    @classmethod
    def read(cls, value: object) -> Self:
        """Read a citation from its text, or from the longer form ``{"ref": …, "section": …}``."""
        match value:
            case {"ref": str(source), "section": str(section), **rest} if not rest:
                pass
            case str():
                source, _, section = value.partition(": ")
            case _:
                raise ValueError(_CITATION_HELP)
        if section not in _SECTIONS or not source:
            raise ValueError(f"{_CITATION_HELP}, not {quoted(value)}")
        return cls(f"{source}: {section}")

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - as pydantic calls it
        """Let pydantic read and write citations."""
        return core_schema.no_info_plain_validator_function(cls.read, serialization=core_schema.to_string_ser_schema())

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Describe both forms."""
        text = {"type": "string", "pattern": f"^[^:]+: ({'|'.join(_SECTIONS)})$"}
        longer = {
            "type": "object",
            "properties": {
                "ref": {"type": "string", "minLength": 1, "description": "the key of the source"},
                "section": {"enum": list(_SECTIONS), "description": "the part of it where the statement stands"},
            },
            "required": ["ref", "section"],
            "additionalProperties": False,
        }
        return {"description": "source and section", "anyOf": [text, longer]}


Citations = Annotated[tuple[Citation, ...], Field(min_length=1, max_length=200, strict=False)]
"""Where one statement stands; there is always at least one source."""


class Source(Frozen):
    """A document that a rule or a number rests on."""

    title: Text
    """What the document is called."""
    publisher: Text
    """Who published it."""
    country: Text
    """The country that it is from: two letters, or EU, EAEU, INT."""
    year: int | None
    """The year of the version that was read; null where it is not known."""
    url: Annotated[str, Field(pattern=r"^https?://\S+$", max_length=2000)] | None
    """Where it was read; null where it has no address."""
    read: Isodate
    """The day on which it was read."""
    grade: Grade
    """How close it is to the product's own label."""
