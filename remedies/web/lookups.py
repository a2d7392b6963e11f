"""What programs may look up without a patient: remedies, words, schemas, and which catalogue this is."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, get_args

from fastapi import Depends, HTTPException, Request
from pydantic_core import to_json
from starlette.responses import Response

from remedies.checking.understood import read_word
from remedies.core.version import VERSION
from remedies.knowledge.topics import TOPICS
from remedies.pages import SchemaName
from remedies.pages.remedies import list_json
from remedies.pages.remedy import remedy_json
from remedies.pages.schemas import schema_of
from remedies.pages.terms import terms_json, terms_of
from remedies.web.bodies import TermsRequest, body_of, read
from remedies.web.documenting import ASKED, JSON, SENT, answers, described

if TYPE_CHECKING:
    from fastapi import APIRouter

    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.topics import Topic
    from remedies.knowledge.vocabulary import Vocabulary

Content = Annotated[bytes, Depends(body_of)]


def add_to(router: APIRouter, catalogue: Catalogue) -> None:
    """Add the routes that look something up."""
    vocabulary = catalogue.rulebook.vocabulary
    tag = f'"{VERSION}-{catalogue.sha256}"'

    @cache
    def words() -> bytes:
        return to_json(list(_words(vocabulary)))

    @router.get("/api/remedies", tags=["Remedies"], summary="All remedies", **_described("RemedyList"))
    def remedies(request: Request) -> Response:
        """List id, name, description, dosage form, ATC codes and aliases of every remedy."""
        return _kept(request, tag, list_json(catalogue.rulebook))

    @router.get("/api/remedies/{name}", tags=["Remedies"], summary="One remedy", **_described("RemedyRecord", 404, 422))
    def remedy(request: Request, name: str) -> Response:
        """Give the record of a remedy, by any of its names, with every rule that acts on it and its sources."""
        return _kept(request, tag, remedy_json(catalogue.find(name), catalogue))

    @router.get("/api/terms", tags=["Words"], summary="Every word that is known", **_described("WordList"))
    def every_word(request: Request) -> Response:
        """List every word with what it means, for fields that complete themselves.

        What somebody types about a person never stands in an address: look it up in this list, or by POST.
        """
        return _kept(request, tag, words())

    @router.post(
        "/api/terms",
        tags=["Words"],
        summary="What words are taken for",
        **described("TermsRequest", answers("TermList"), SENT),
    )
    def some_words(content: Content) -> Response:
        """Say of each word, in each list where it belongs, what it proves or prompts; as `remedies terms` does."""
        asked = read(TermsRequest, content, catalogue)
        found = [term for word in asked.words for term in terms_of(catalogue.rulebook, word)]
        return Response(terms_json(found), media_type="application/json")

    @router.get("/api/schema", tags=["Schemas"], summary="Names of JSON schemas", **_described("SchemaNames"))
    def schemas(request: Request) -> Response:
        """List what there is a JSON schema of."""
        return _kept(request, tag, to_json(get_args(SchemaName)))

    @router.get(
        "/api/schema/{name}",
        tags=["Schemas"],
        summary="One JSON schema",
        **_described("AnySchema", 404, 422, media_type="application/schema+json"),
    )
    def schema(request: Request, name: str) -> Response:
        """Give a JSON schema, as `remedies schema` prints it."""
        known: dict[str, SchemaName] = {one: one for one in get_args(SchemaName)}
        if name not in known:
            raise HTTPException(404)
        return _kept(request, tag, schema_of(known[name], catalogue), "application/schema+json")

    @router.get(
        "/healthz", tags=["Service"], summary="Whether it runs, and on what", **described("", answers("Health"), ASKED)
    )
    def health() -> Response:
        """Name the version of the program, and the version and hash of the catalogue."""
        stamp = {"version": catalogue.rulebook.version, "sha256": catalogue.sha256}
        return Response(
            to_json({"status": "ok", "program": VERSION, "catalogue": stamp}), media_type="application/json"
        )


def _described(answer: str, *more: int, media_type: str = JSON) -> dict[str, Any]:
    found = described("", answers(answer, media_type), (*more, *ASKED))
    found["responses"][304] = {"description": "It is still what If-None-Match names."}
    return found


def _kept(request: Request, tag: str, content: str | bytes, media_type: str = "application/json") -> Response:
    """Answer with what depends on the catalogue alone, so that it may be kept until that changes."""
    headers = {"etag": tag, "cache-control": "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media_type)


def _words(vocabulary: Vocabulary) -> Any:  # noqa: ANN401 - a generator of plain dicts
    """Yield every name of every list with what a check makes of it."""
    lexicon = vocabulary.lexicon
    for topic in TOPICS:
        for word in lexicon.parts.words[topic]:
            reading = read_word(word, topic, vocabulary)
            yield _word(word, topic, lexicon.named(topic, word), reading)


def _word(word: str, topic: Topic, label: str, reading: Any) -> dict[str, object]:  # noqa: ANN401 - a Reading
    return {
        "word": word,
        "topic": topic,
        "label": label,
        "kind": reading.kind,
        "means": reading.means,
        "prompts": reading.prompts,
    }
