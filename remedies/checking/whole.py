"""A patient read at once, with every fault of shape and of words together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remedies.checking.known import known_of
from remedies.checking.patient import Patient
from remedies.core.errors import PatientError
from remedies.knowledge.topics import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.checking.known import WordPolicy
    from remedies.core.errors import Fault
    from remedies.knowledge.vocabulary import Vocabulary


def read_patient(document: object, vocabulary: Vocabulary, words: WordPolicy = "keep") -> Patient:
    """Read a patient whose words are to be understood at once, so that all faults come together.

    Raises:
        PatientError: with every fault of shape, every contradiction, and with ``strict`` every word
            that is not understood.
    """
    try:
        patient = Patient.model_validate(document)
    except PatientError as error:
        raise PatientError([*error.faults, *_word_faults(document, vocabulary, words)]) from None
    faults = known_of(patient, vocabulary, words=words).faults
    if faults:
        raise PatientError(faults)
    return patient


def _word_faults(document: object, vocabulary: Vocabulary, words: WordPolicy) -> Iterator[Fault]:
    """Find faults of words in a description whose shape is wrong elsewhere."""
    if not isinstance(document, dict):
        return
    for topic in TOPICS:
        try:
            patient = Patient.model_validate({topic: document.get(topic, {})})
        except PatientError:
            continue
        yield from known_of(patient, vocabulary, words=words).faults
