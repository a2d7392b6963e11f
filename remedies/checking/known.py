"""From the words of a patient to facts that are so, are not, or stay unknown."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Literal, NamedTuple, get_args

from remedies.checking.openness import hinted, left_open
from remedies.checking.patient import NOTHING_ELSE, NOTHING_SAID, Answers, Patient
from remedies.checking.person import Due, Gestation, LastPeriod, Months, Pregnancy, Trimester, days_of
from remedies.checking.understood import Kind, Reading, denied, doubted, read_word
from remedies.core.errors import Fault, quoted
from remedies.core.words import an
from remedies.knowledge.spelling import normal
from remedies.knowledge.topics import TOPICS, WORDINGS, NamingTopic, Scope, Topic
from remedies.knowledge.vocabulary import Vocabulary, bits

WordPolicy = Literal["keep", "strict"]
"""What becomes of a word that is not understood: it is kept and its topic stays open, or it is refused."""

POLICIES: tuple[WordPolicy, ...] = get_args(WordPolicy)

_SIDES = ("yes", "no", "unknown", "other")


class Word(NamedTuple):
    """A word of a patient, where it stands, and what was made of it."""

    topic: Topic
    side: str
    place: int
    word: str
    kind: Kind
    means: tuple[str, ...]
    prompts: tuple[str, ...]
    suggestions: tuple[str, ...]
    moved: NamingTopic | None


class Known(NamedTuple):
    """A patient's answers as masks of facts, see ``Vocabulary``; a fact in no mask is unknown."""

    yes: int
    no: int
    words: tuple[Word, ...]
    """Every word, in the order given, with what was made of it."""
    prompted: tuple[str, ...]
    """Facts that a word gives a reason to ask about."""
    closed: tuple[tuple[Topic, int], ...]
    """Topics that were closed, and how many facts that took as "no"."""
    pregnancy: Pregnancy | None
    """What words say of pregnancy."""
    breastfeeding: bool | None
    """What words say of breastfeeding."""
    unsure: int
    """What was asked and is not known."""
    dropped: frozenset[Topic]
    """Topics of which something was said too long ago to hold still."""
    notes: tuple[str, ...]
    """Words that were understood but could not settle anything."""
    faults: tuple[Fault, ...]


class Saying(NamedTuple):
    """What one word says, as masks; the same word in the same list says the same of every patient."""

    reading: Reading
    yes: int
    no: int
    named: tuple[int, ...]
    """Numbers of the facts named as yes, the finest of them."""
    asked: int
    """What it gives a reason to ask about and does not prove itself."""
    unsure: int
    """What it says is not known."""
    others: int
    """Finer facts that it is not, since it names a single medicine."""
    open: int
    """What it keeps open in a closed topic, see ``left_open``, as long as nothing of that is denied."""
    prompted: tuple[str, ...]
    note: str
    shown: tuple[Any, ...]
    """What a reader is told of it: the fields of a ``Word`` from its kind on."""
    special: bool
    """Whether it does more than name facts: it is unclear, keeps a topic open or closes one, or speaks of pregnancy."""


def known_of(
    patient: Patient,
    vocabulary: Vocabulary,
    forgotten: Collection[str] = (),
    words: WordPolicy = "keep",
    closing: int = 0,
) -> Known:
    """Work out which facts are so and which are not, by the hierarchy and by closed topics.

    Having the child is having the parent; not having the parent is not having the child. A closed
    topic turns what was not mentioned into "no", except what ``left_open`` and ``hinted`` keep, and everything
    in a topic with a word that was not understood. What is not known is never "no", whoever says so beside it.

    Args:
        patient: what was said.
        vocabulary: what the words mean.
        forgotten: topics of which nothing that was said holds any more.
        words: whether a word that is not understood is kept or a fault.
        closing: facts of which a plain question said that none is so, closed like those of a topic.
    """
    told = _told(patient, vocabulary)
    topic_mask = vocabulary.topic_mask
    lapsed = _join([topic_mask[topic] for topic in TOPICS if topic in forgotten])
    yes, no, unsure = _masks(told, lapsed, vocabulary)
    keep = 0
    for _, said in told:
        keep |= left_open(said.named, said.asked, no | said.others, vocabulary) if said.open & no else said.open
    # Few words do more than name a fact; what only those can do is looked for among them.
    special = [one for one in told if one[1].special]
    open_ = {*forgotten, *[word.topic for word, said in special if said.reading.keeps_open]}
    scopes = {topic: topic_mask[topic] for topic in TOPICS if topic not in open_ and patient.closed(topic)}
    for topic, scope in _closings(special, {*open_, *scopes}):
        scopes[topic] = scopes.get(topic, 0) | vocabulary.scope(topic, scope)
    closing &= ~_join([topic_mask[topic] for topic in TOPICS if topic in open_])
    closing |= _join(scopes.values())
    keep |= hinted(closing, no, vocabulary)
    taken = ~(keep | yes | no)
    pregnancy, breastfeeding = _subjects(special)
    faults = list(_unclear(special)) if words == "strict" else []
    if yes & no:
        faults += _both(told, vocabulary, yes & no)
    faults += _subject_faults(patient, special)
    return Known(
        yes=yes,
        no=(no | closing & taken) & ~yes,
        words=tuple([word for word, _ in told]),
        prompted=tuple(dict.fromkeys([fact for _, said in told for fact in said.prompted])),
        closed=tuple([(topic, (scopes[topic] & taken).bit_count()) for topic in TOPICS if topic in scopes]),
        pregnancy=pregnancy,
        breastfeeding=breastfeeding,
        unsure=unsure & ~yes,
        dropped=_dropped(patient, told, forgotten, lapsed, vocabulary),
        notes=tuple([said.note for _, said in special if said.note]),
        faults=tuple(faults),
    )


def _join(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def _masks(told: list[tuple[Word, Saying]], lapsed: int, vocabulary: Vocabulary) -> tuple[int, int, int]:
    """Join what is so, what is not, and what is not known; nothing denies what is not known, or what that is."""
    yes = no = unsure = 0
    for _, said in told:
        yes, no, unsure = yes | said.yes, no | said.no, unsure | said.unsure
    yes, no, unsure = yes & ~lapsed, no & ~lapsed, unsure & ~lapsed
    if unsure:
        entries, topic_mask = vocabulary.entries, vocabulary.topic_mask
        spared = _join(vocabulary.up[index] & topic_mask[entries[index].topic] for index in bits(unsure))
        no = _join(said.no for _, said in told if not vocabulary.mask(said.reading.denies) & spared) & ~lapsed
        # A denial of what is not known says no more than that it was asked.
        unsure |= _join(vocabulary.mask(said.reading.denies) & spared for _, said in told) & ~lapsed
    return yes, no, unsure


def _dropped(
    patient: Patient, told: list[tuple[Word, Saying]], forgotten: Collection[str], lapsed: int, vocabulary: Vocabulary
) -> frozenset[Topic]:
    """Name the topics of which something was said too long ago: that nothing else is so, or a word."""
    if not forgotten:
        return frozenset()
    touched = _join(said.yes | said.no | said.asked for _, said in told) & lapsed
    placed = {word.topic for word, _ in told}
    return frozenset(
        topic
        for topic in TOPICS
        if touched & vocabulary.topic_mask[topic] or (topic in forgotten and (topic in placed or patient.closed(topic)))
    )


def _told(patient: Patient, vocabulary: Vocabulary) -> list[tuple[Word, Saying]]:
    """Read every word of a patient, in the order of Patient JSON."""
    told: list[tuple[Word, Saying]] = []
    for topic in TOPICS:
        answers: Answers = getattr(patient, topic)
        if answers is NOTHING_SAID or answers is NOTHING_ELSE:
            continue
        aside = set(map(normal, answers.other))
        for side in _SIDES:
            for place, word in enumerate(getattr(answers, side)):
                said = saying_of(word, topic, side, vocabulary)
                if said.reading.kind == "unclear" and normal(word) in aside:
                    # What was understood of it is still so.
                    reading = said.reading._replace(kind="other", keeps_open=False)
                    said = said._replace(reading=reading, shown=_shown(reading))
                told.append((Word(topic, side, place, word, *said.shown), said))
    return told


def _shown(reading: Reading) -> tuple[Any, ...]:
    return reading.kind, reading.means, reading.prompts, reading.suggestions, reading.moved


def saying_of(word: str, topic: Topic, side: str, vocabulary: Vocabulary) -> Saying:
    """Return what a word says on one side of a list; each is worked out once per vocabulary."""
    known = vocabulary.said
    found = known.get((topic, side, word))
    if found is None:
        found = _worked_out(word, topic, side, vocabulary)
        vocabulary.remember((topic, side, word), found)
    said: Saying = found
    return said


def _worked_out(word: str, topic: Topic, side: str, vocabulary: Vocabulary) -> Saying:
    found = read_word(word, topic, vocabulary)
    reading = _sided(found, side)
    unsure = 0
    if side == "unknown":
        unsure = vocabulary.mask(found.prompts if found.kind == "doubt" else found.proves)
    number, up, down = vocabulary.number, vocabulary.up, vocabulary.down
    yes = no = finer = 0
    prompted: list[str] = []
    for name in reading.proves:
        yes |= up[number[name]]
        prompted += vocabulary.ids(vocabulary.prompts[number[name]])
        if reading.single:
            finer |= down[number[name]]
    for name in reading.denies:
        no |= down[number[name]]
    asked = vocabulary.mask(reading.prompts) & ~yes
    note = ""
    if reading.kind == "denial" and not (reading.means or reading.closes):
        note = f"{quoted(word)} under “no” is narrower than any fact here, so it rules nothing out."
    named, others = tuple(number[name] for name in vocabulary.finest(reading.proves)), finer & ~yes
    return Saying(
        reading=reading,
        yes=yes,
        no=no,
        named=named,
        asked=asked,
        unsure=unsure,
        others=others,
        open=left_open(named, asked, others, vocabulary),
        prompted=(*prompted, *(fact for fact in reading.prompts if not unsure >> number[fact] & 1)),
        note=note,
        shown=_shown(reading),
        special=bool(reading.keeps_open or reading.closes or note) or _of_a_subject(reading),
    )


def _of_a_subject(reading: Reading) -> bool:
    """Tell whether a word speaks of pregnancy or breastfeeding."""
    return reading.pregnancy is not None or reading.breastfeeding is not None


def _sided(reading: Reading, side: str) -> Reading:
    """Turn what a word says into what it says under "no", under "unknown", or where it was set aside."""
    match side, reading.kind:
        case "no", "fact" | "known":
            # Twice denied may be anything, as below.
            return denied(reading)._replace(prompts=reading.denies)
        case "no", "doubt" | "unclear":
            # Of a list only some parts may be so; what is sure of it is denied.
            sure = denied(reading)
            return reading._replace(
                proves=(),
                prompts=(*reading.prompts, *reading.denies),
                denies=sure.denies,
                closes=(),
                pregnancy=reading.pregnancy if reading.pregnancy == "possible" else sure.pregnancy,
                breastfeeding=sure.breastfeeding,
            )
        case ("no", "denial") | ("unknown", "fact" | "known" | "denial"):
            return doubted(reading)
        case "unknown", "unclear":
            return doubted(reading)._replace(kind="unclear", keeps_open=True, suggestions=reading.suggestions)
        case "other", _:
            # Only what is not understood can be set aside; the rest stays a reason to ask.
            return doubted(reading)._replace(kind="other", suggestions=reading.suggestions)
        case _:
            return reading


def _closings(told: list[tuple[Word, Saying]], without: Collection[str]) -> list[tuple[Topic, Scope]]:
    """Collect the topics that words such as “none” close, unless something else keeps them open or closes them."""
    found = dict.fromkeys([closing for _, said in told for closing in said.reading.closes])
    whole = {topic for topic, scope in found if scope == "all"}
    return [(topic, scope) for topic, scope in found if topic not in without and (scope == "all" or topic not in whole)]


def _subjects(told: list[tuple[Word, Saying]]) -> tuple[Pregnancy | None, bool | None]:
    """Collect what words say of pregnancy and breastfeeding, the most exact of it, whatever their order."""
    said = [one.reading.pregnancy for _, one in told if one.reading.pregnancy is not None]
    pregnancy = max(said, key=_exactness, default=None)
    breastfeeding = [one.reading.breastfeeding for _, one in told if one.reading.breastfeeding is not None]
    return pregnancy, (any(breastfeeding) if breastfeeding else None)


def _exactness(said: Pregnancy) -> tuple[int, int, int]:
    """Rank what is said of a pregnancy: a time before a plain answer, and the further gone of two times."""
    match said:
        case Trimester() | Gestation() | Months():
            return 3, *days_of(said)
        case Due() | LastPeriod():
            return 4, 0, 0
        case "possible" | "no" | "yes":
            return ("possible", "no", "yes").index(said), 0, 0


def _subject_faults(patient: Patient, told: list[tuple[Word, Saying]]) -> Iterator[Fault]:
    """Name words that contradict what was said of pregnancy and breastfeeding themselves."""
    for word, said in told:
        reading = said.reading
        sure = reading.pregnancy not in {None, "possible", "no"}
        if sure and patient.pregnancy == "no":
            message = f"{quoted(word.word)} says that there is a pregnancy, and pregnancy is given as no"
            yield Fault((word.topic, word.side, word.place), message, "contradiction")
        if reading.pregnancy == "no" and patient.pregnancy not in {None, "no", "possible"}:
            message = f"{quoted(word.word)} says that there is no pregnancy, and one is given"
            yield Fault((word.topic, word.side, word.place), message, "contradiction")
        if reading.breastfeeding is not None and patient.breastfeeding is (not reading.breastfeeding):
            message = f"{quoted(word.word)} contradicts what is given for breastfeeding"
            yield Fault((word.topic, word.side, word.place), message, "contradiction")


def _unclear(told: list[tuple[Word, Saying]]) -> Iterator[Fault]:
    """Refuse what was not understood."""
    for word, said in told:
        if said.reading.kind == "unclear":
            message = f"{quoted(word.word)} is not known as {an(WORDINGS[word.topic].noun)}.{hint_of(word.suggestions)}"
            yield Fault((word.topic, word.side, word.place), message, "word")


def hint_of(suggestions: Collection[str]) -> str:
    """Name what may have been meant, in a hint that starts with a space."""
    return f" Did you mean {' or '.join(suggestions)}?" if suggestions else " Try another word."


def _both(told: list[tuple[Word, Saying]], vocabulary: Vocabulary, mask: int) -> Iterator[Fault]:
    """Name the facts that were said to be so and not so, those first that somebody named."""
    both = vocabulary.ids(mask)
    named = {fact for word, said in told for fact in (*said.reading.means, word.word)}
    for fact in [fact for fact in both if fact in named] or both:
        entry = vocabulary[fact]
        yield Fault((entry.topic,), f"{fact} ({entry.label}) is given both as yes and as no", "contradiction")
