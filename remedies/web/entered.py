"""What was entered at the counter: chips and fields; what a button makes of them, and the patient that they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from remedies.checking.in_words import in_words
from remedies.checking.patient import Patient
from remedies.checking.sentence import read_sentence
from remedies.core.errors import RemediesError
from remedies.knowledge.topics import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.checking.asking_back import AskedBack
    from remedies.core.documents import Json
    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.topics import Topic
    from remedies.knowledge.vocabulary import Vocabulary
    from remedies.web.forms import Form

Answer = Literal["yes", "no", "unknown"]
"""How a question about one fact is answered."""

ANSWERS: tuple[Answer, ...] = get_args(Answer)

ALMOST_ALL: tuple[Topic, ...] = tuple(topic for topic in TOPICS if topic != "signs")
"""What one button closes; nobody has said that there is no warning sign by saying that there is nothing else."""


class Chip(NamedTuple):
    """One thing that was said."""

    kind: Literal["word", "aside", Answer]
    """Words as they were typed, words that somebody has looked at and set aside, or the answer to a question about
    a fact."""
    text: str
    """The words, or the id of the fact."""

    @classmethod
    def read(cls, written: str, vocabulary: Vocabulary) -> Chip:
        """Read a chip as a form holds it; whatever else stands there is words."""
        kind, _, text = written.partition(":")
        match kind:
            case "word" | "aside" if text.strip():
                return cls(kind, text.strip())
            case "yes" | "no" | "unknown" if text in vocabulary:
                return cls(kind, text)
            case _:
                return cls("word", written)

    @property
    def written(self) -> str:
        """The chip as a form holds it."""
        return f"{self.kind}:{self.text}"


class Entered(NamedTuple):
    """Everything that stands in the form."""

    chips: tuple[Chip, ...] = ()
    closed: tuple[Topic, ...] = ()
    """The topics in which there is nothing else."""
    text: str = ""
    """What stands in the box and is no chip yet; it counts all the same."""
    age: str = ""
    sex: str = ""
    weeks: str = ""
    opened: tuple[str, ...] = ()
    """The id of the remedy of which the reasons are shown, if there is one."""
    ticked: tuple[str, ...] = ()
    """The ids of remedies that were ticked, to be used together."""

    @classmethod
    def of(cls, form: Form, catalogue: Catalogue) -> Entered:
        """Read a form, and do what its button says."""
        known = {remedy.id for remedy in catalogue.rulebook.remedies}
        entered = cls(
            chips=tuple(Chip.read(written, catalogue.vocabulary) for written in form.every("chip")),
            closed=tuple(topic for topic in TOPICS if topic in form.every("closed")),
            text=form.one("text"),
            age=form.one("age"),
            sex=form.one("sex"),
            weeks=form.one("weeks"),
            opened=tuple(one for one in form.every("opened")[-1:] if one in known),
            ticked=tuple(dict.fromkeys(one for one in form.every("ticked") if one in known)),
        )
        act, _, what = form.one("do").partition(":")
        return entered.after(act, what, catalogue, form.one("was"))

    def after(self, act: str, what: str, catalogue: Catalogue, was: str = "") -> Entered:
        """Return what stands there after a button was pressed; an unknown one does nothing.

        Args:
            act: what is to be done.
            what: with what.
            catalogue: the remedies and words.
            was: the chip that the button belonged to, where it may stand in another place by now.
        """
        match act:
            case "add":
                return self._committed(catalogue)
            case "close":
                closed = {*self.closed, *([what] if what in TOPICS else ALMOST_ALL)}
                return self._replace(closed=tuple(topic for topic in TOPICS if topic in closed))
            case "reopen":
                return self._replace(closed=tuple(topic for topic in self.closed if topic != what))
            case "yes" | "no" | "unknown" if what in catalogue.vocabulary:
                return self._with(Chip(act, what))
            case "say":
                return self._with(*_chips_of(what, catalogue))
            case "open":
                return self._replace(opened=tuple(one.id for one in catalogue.rulebook.remedies if one.id == what))
            case "clear":
                return Entered()
            case _:
                return self._changed(act, what, catalogue, was)

    def _changed(self, act: str, what: str, catalogue: Catalogue, was: str) -> Entered:
        """Return what stands there after a button of one chip was pressed."""
        number, _, phrase = what.partition(":")
        place = len(self.chips) - 1
        if number != "last":
            place = next((place for place in range(len(self.chips)) if number == str(place)), -1)
        if was:
            # Chips before it may have gone meanwhile, or itself.
            meant = Chip.read(was, catalogue.vocabulary)
            places = [place for place, chip in enumerate(self.chips) if chip == meant]
            if place not in places:
                place = next(iter(places), -1)
        if place < 0:
            return self
        before, chip, behind = self.chips[:place], self.chips[place], self.chips[place + 1 :]
        match act:
            case "drop":
                return self._replace(chips=before + behind)
            case "aside":
                return self._replace(chips=(*before, Chip("aside", chip.text), *behind))
            case "pick":
                said = _chips_of(phrase, catalogue)
                return self._replace(chips=tuple(dict.fromkeys((*before, *said, *behind))))
            case _:
                return self

    def _with(self, *chips: Chip) -> Entered:
        """Add chips; another answer about the same fact takes the place of the first one."""
        answered = {chip.text for chip in chips if chip.kind in ANSWERS}
        kept = (chip for chip in self.chips if chip.kind not in ANSWERS or chip.text not in answered)
        return self._replace(chips=tuple(dict.fromkeys((*kept, *chips))))

    def _committed(self, catalogue: Catalogue) -> Entered:
        """Make chips of what stands in the box; what cannot be read stays there, to be corrected."""
        try:
            said = phrases(self.text, catalogue)
        except RemediesError:
            return self
        return self._with(*(Chip("word", phrase) for phrase in said))._replace(text="")

    def said(self) -> str:
        """Write all words that were typed as one text."""
        words = (chip.text for chip in self.chips if chip.kind == "word")
        return "\n".join(filter(None, (*words, self.text, *self._beside())))

    def _beside(self) -> Iterator[str]:
        """Say in words what the fields beside the box say."""
        age, sex, weeks = (_one_phrase(field) for field in (self.age, self.sex, self.weeks))
        if age:
            yield f"aged {age}"
        yield sex
        if weeks.isdecimal():
            yield f"{weeks} weeks pregnant"
        elif weeks:
            yield f"pregnant {weeks}"


class Told(NamedTuple):
    """What the form says."""

    patient: Patient
    remedies: tuple[str, ...] = ()
    """The ids of the remedies that were named among the words, and of those that are ticked."""
    asked_back: tuple[AskedBack, ...] = ()


def told(entered: Entered, catalogue: Catalogue) -> Told:
    """Make a patient of what was entered.

    Raises:
        InputError: it is too long to be read.
        PatientError: it contradicts itself.
    """
    sentence = read_sentence(entered.said(), catalogue)
    document: dict[str, Json] = sentence.patient.model_dump(mode="json", exclude_defaults=True)
    answers = {topic: sentence.patient.answers(topic).model_dump(mode="json") for topic in TOPICS}
    for topic in entered.closed:
        answers[topic]["rest"] = "no"
    for chip in entered.chips:
        match chip.kind:
            case "word":
                pass
            case "aside":
                looked_at = read_sentence(chip.text, catalogue).patient
                for topic in TOPICS:
                    answers[topic]["other"] += looked_at.answers(topic).yes
            case "yes" | "no" | "unknown":
                answers[catalogue.vocabulary[chip.text].topic][chip.kind].append(chip.text)
    patient = Patient.model_validate({**document, **answers})
    remedies = tuple(dict.fromkeys((*sentence.remedies, *entered.ticked)))
    return Told(patient, remedies, sentence.asked_back)


def phrases(text: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Part a text into the phrases that it was understood as; nothing of it is lost but empty words.

    Raises:
        InputError: it is too long to be read.
        PatientError: it contradicts itself.
    """
    sentence = read_sentence(text, catalogue)
    words = in_words(sentence.patient, sentence.remedies, catalogue)
    return tuple(phrase for phrase in words.split(", ") if phrase)


def _chips_of(text: str, catalogue: Catalogue) -> tuple[Chip, ...]:
    """Make chips of words; what cannot be read is one chip, and is not dropped."""
    try:
        return tuple(Chip("word", phrase) for phrase in phrases(text, catalogue))
    except RemediesError:
        return (Chip("word", text),)


def _one_phrase(field: str) -> str:
    """Keep what stands in a field from being parted into several phrases."""
    return " ".join(field.replace(",", " ").replace(";", " ").split())
