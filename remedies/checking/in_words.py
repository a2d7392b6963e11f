"""A person written out as a line of words, which is read into the same person again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from remedies.checking.patient import Patient
from remedies.checking.phrases import CLOSING
from remedies.checking.sentence import Sentence, read_sentence
from remedies.core.errors import PatientError, of_type, texts
from remedies.knowledge.catalogue import given
from remedies.knowledge.topics import TOPICS, Topic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from remedies.knowledge.catalogue import Catalogue


def in_words(patient: Patient, remedies: Iterable[str] = (), catalogue: Catalogue | None = None) -> str:
    """Write a person who was read from words as words again; reading those gives the same person.

    Args:
        patient: a person as ``read_sentence`` understands one; what words cannot say is left out.
        remedies: ids of remedies to look at.
        catalogue: the one that the words were read with.

    >>> in_words(read_sentence("nothing else, takes aspirin, aged 62").patient)
    '62, takes aspirin, nothing else'
    """
    of_type(patient, Patient, "patient", "a Patient")
    catalogue = given(catalogue)
    stated = patient.model_dump(mode="json", exclude_defaults=True)
    said = [write(stated[name]) for name, write in _WRITTEN.items() if name in stated]
    places: dict[str, list[Topic]] = {}
    for topic in TOPICS:
        for word in patient.answers(topic).yes:
            places.setdefault(word, []).append(topic)
    said += [phrase for word, topics in places.items() for phrase in _phrases(word, topics, catalogue)]
    said += [CLOSING[topic][0] for topic in TOPICS if patient.answers(topic).rest == "no"]
    said += [_remedy(remedy, catalogue) for remedy in texts(remedies, "remedies", "a list of ids")]
    said += [CLOSING["nothing_else"][0]] * patient.nothing_else
    return ", ".join(said)


def _age_in_words(age: int | dict[str, int]) -> str:
    match age:
        case {"years": years, "months": int(months)}:
            return f"{years} years {months} months"
        case {"years": int(years)}:
            return f"{years}"
        case _:
            return f"{age}"


def _pregnancy_in_words(said: Any) -> str:  # noqa: ANN401 - Patient JSON
    match said:
        case {"trimester": number}:
            return f"pregnant {number} trimester"
        case {"weeks": weeks, "days": int(days)}:
            return f"{weeks} weeks {days} days pregnant"
        case {"weeks": weeks}:
            return f"{weeks} weeks pregnant"
        case {"months": months}:
            return f"pregnant {months} months"
        case {"due": day}:
            return f"due {day}"
        case {"last_period": day}:
            return f"last period {day}"
        case "no":
            return "not pregnant"
        case "possible":
            return "maybe pregnant"
        case _:
            return "pregnant"


def _phrases(word: str, topics: Sequence[Topic], catalogue: Catalogue) -> Iterator[str]:
    """Write a word of some lists so that it is read into these again: as people say it, else with the list named."""
    for phrase in (word, f"takes {word}", f"allergic to {word}", f"{word} there"):
        if _reads_as(phrase, {topic: [word] for topic in topics}, catalogue):
            yield phrase
            return
    for topic in topics:
        yield f"{topic}: {word}"


def _reads_as(phrase: str, said: dict[Topic, list[str]], catalogue: Catalogue) -> bool:
    try:
        found = read_sentence(phrase, catalogue)
    except PatientError:
        return False
    return found.remedies == () and found.patient == Patient.model_validate(said)


def _remedy(remedy: str, catalogue: Catalogue) -> str:
    """Name a remedy so that it is read as such: a comma would part its name, and tablets may be called so as well."""
    names = (catalogue.find(remedy).name, *(name for name, one in catalogue.rulebook.names.items() if one == remedy))
    return next(
        name for name in names if read_sentence(name, catalogue) == Sentence(patient=Patient(), remedies=(remedy,))
    )


_WRITTEN: dict[str, Callable[[Any], str]] = {
    "sex": str,
    "age": _age_in_words,
    "born": "born {}".format,
    "pregnancy": _pregnancy_in_words,
    "breastfeeding": {True: "breastfeeding", False: "not breastfeeding"}.__getitem__,
}
"""How each thing that is said of a person once is written."""
