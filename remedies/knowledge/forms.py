"""Grammatical forms of the Russian words of a catalogue, written into it when its words change.

A list that can be read in a diff stands in ``facts.json``; nothing is inflected at run time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from remedies.core.errors import Fault, MissingExtraError
from remedies.knowledge.spelling import folded, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SHORTEST = 3
_INFLECTED = frozenset({"NOUN", "ADJF", "PRTF", "NUMR"})


def forms_of(names: Iterable[str]) -> dict[str, str]:
    """Write every form of every Russian word in some names, by its base form: “астм: а ы е у ой ою ам ами ах”.

    Each form belongs to one base form only; where two words share a form, it is that of the more usual
    word. An ending of “-” is the stem alone.

    Raises:
        MissingExtraError: pymorphy3 is not installed.
    """
    try:
        import pymorphy3  # noqa: PLC0415 - only where a catalogue is written
    except ImportError:
        raise MissingExtraError(Fault((), "the forms of words need pymorphy3: pip install 'remedies[forms]'")) from None
    analyzer = pymorphy3.MorphAnalyzer()
    tokens = sorted({token for name in names for token in pieces(name) if _is_russian(token)})
    names_only = {token for token in tokens if not analyzer.word_is_known(token)}
    parsed = {token: analyzer.parse(token)[0] for token in tokens if token not in names_only}
    bases = {token: _base(parse) for token, parse in parsed.items()}
    wanted = set(bases.values())
    owners: dict[str, str] = dict(bases)
    # The shortest first: “ибупрофена” is a form of “ибупрофен”, not a name of its own.
    for token in sorted(names_only, key=lambda name: (len(name), name)):
        whole = owners.setdefault(token, token)
        if whole == token:
            for form in _of_a_name(token):
                owners.setdefault(form, token)
    for token, parse in parsed.items():
        for form in _forms(parse):
            if form not in owners:
                usual = next((_base(other) for other in analyzer.parse(form) if _base(other) in wanted), bases[token])
                owners[form] = usual
    forms: dict[str, set[str]] = {}
    for form, whole in owners.items():
        forms.setdefault(whole, set()).add(form)
    # A base form that is itself taken for a form of another word cannot be told from it.
    written = {whole: _written(found) for whole, found in sorted(forms.items()) if found != {whole}}
    # Forms without a common beginning (ребёнок, дети) are words of their own.
    return {whole: line for whole, line in written.items() if not line.startswith(":")}


def _is_russian(token: str) -> bool:
    return len(token) >= _SHORTEST and not token.isascii() and token.isalpha()


def _same_kind(parse: Any) -> list[Any]:  # noqa: ANN401 - pymorphy3 has no types
    """Return the lexeme of a word, without other parts of speech that are derived from it."""
    tag = parse.tag
    return [
        one
        for one in parse.lexeme
        if (one.tag.POS, one.tag.tense, one.tag.voice) == (tag.POS, tag.tense, tag.voice) and "Supr" not in one.tag
    ]


def _base(parse: Any) -> str:  # noqa: ANN401 - as above
    if parse.tag.POS not in _INFLECTED:
        return folded(parse.word)
    return folded(_same_kind(parse)[0].word)


def _forms(parse: Any) -> set[str]:  # noqa: ANN401 - as above
    if parse.tag.POS not in _INFLECTED:
        return {folded(parse.word)}
    return {folded(one.word) for one in _same_kind(parse)}


_ENDINGS = {
    "consonant": ("", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах"),
    "а": ("а", "ы", "и", "е", "у", "ой"),
    "й": ("й", "я", "ю", "ем", "е"),
}
"""Endings of nouns that no dictionary has, such as the names of medicines, by how they end."""


def _of_a_name(token: str) -> set[str]:
    """Decline a name that no dictionary has: мелоксикам, мелоксикама; гиперика, гиперики."""
    if token[-1] in "бвгдзклмнпрстфхцжшщч":
        return {token + ending for ending in _ENDINGS["consonant"]}
    if token[-1] in _ENDINGS:
        return {token[:-1] + ending for ending in _ENDINGS[token[-1]]}
    return {token}


def _written(forms: set[str]) -> str:
    """Write forms as a stem and its endings."""
    first, last = min(forms), max(forms)
    length = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    stem = first[:length]
    endings = sorted((form[len(stem) :] or "-" for form in forms), key=lambda ending: (len(ending), ending))
    return f"{stem}: {' '.join(endings)}"


def with_forms(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document of facts with the forms of its words written anew."""
    names: list[str] = []
    for fact in document["facts"]:
        names += [fact["label"], *_russian(fact.get("synonyms", {})), *_russian(fact.get("kinds", {}))]
    for naming in document.get("words", ()):
        names += _russian(naming)
    return {**document, "forms": forms_of(names)}


def _russian(words: Mapping[str, Any]) -> list[str]:
    return list(words.get("ru", ()))
