"""The fixed words of a sentence about a person, in English and Russian."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from remedies.knowledge.spelling import normal
from remedies.knowledge.topics import Topic


def _listed(text: str) -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in text.split("|"))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _normal(text: str) -> frozenset[str]:
    return frozenset(map(normal, text.split()))


LONGEST_PHRASE = 8
"""A phrase that means something has at most so many words."""


CLOSING: dict[Topic | Literal["nothing_else"], tuple[str, ...]] = {
    "nothing_else": _listed(
        """nothing else|nothing more|nothing other|that is all|that s all|thats all|none else|no other problems
        |больше ничего|ничего больше|больше ничего нет|больше нет ничего|ничего другого|это все
        |остального нет|остальное нет|остальное не так"""
    ),
    "conditions": _listed(
        """no other illnesses|no other illness|no other diseases|no other conditions|healthy|fit and well|in good health
        |otherwise healthy|otherwise well|generally healthy|здоров|здорова|здоровый|здоровая|практически здоров
        |практически здорова|ничем не болеет|ничем не болею|не болеет|других болезней нет|других заболеваний нет
        |больше ничем не болеет"""
    ),
    "skin": _listed(
        """no other skin problems|skin intact|intact skin|skin is intact|healthy skin|whole skin|skin ok|skin fine
        |skin clear|clear skin
        |кожа чистая|кожа цела|кожа целая|кожа здоровая|кожа не повреждена"""
    ),
    "allergies": _listed("no other allergies|no other allergy|других аллергий нет|больше аллергий нет"),
    "medicines": _listed(
        """no other medicines|no other medicine|no other medication|no other medications|no other drugs|no other meds
        |takes nothing else|takes nothing|takes no medicines|takes no medicine|других лекарств нет
        |больше ничего не принимает|ничего не принимает|ничего не принимаю|лекарств не принимает"""
    ),
    "circumstances": _listed("no other plans|других планов нет"),
    "signs": _listed("no warning signs|no other warning signs|тревожных признаков нет|других признаков нет"),
}
"""What closes every list, or one of them; the first of each is how it is written out."""

FEATURES: dict[Literal["born", "age"], re.Pattern[str]] = {
    "born": re.compile(
        r"(?:born|born on|born in|b\.|dob:?|d\.o\.b\.|род\.?|родил(?:ся|ась)|д\.?р\.?:?|дата рождения:?) +(.+)"
        r"|(.+?) *г\. ?р\.?"
    ),
    "age": re.compile(r"(?:aged|age:?|aged:|of|возраст:?|возрастом|возраста) +(.+)"),
}
"""What stands before a birth date or an age, and the year of birth as Russian records write it."""

OWNING_A_NUMBER = re.compile(
    r"(?:type|stage|grade|class|degree|no|nr|number|nyha|ccs|ckd|covid|vitamin|factor|since|for|last|trimester|weeks?|"
    r"in|b|day|every|x|pregnan\w*|gestation|bp|pressure|fever|temperature|temp|weight|height|bmi|inr|gfr|egfr|pulse|hr|"
    r"давлени\w+|температур\w+|вес|рост|имт|мно|скф|пульс|сахар|тип|типа|стади\w+|степен\w+|класс\w*|фк|ст|хбп|гб|хсн|ковид|номер|с|около|уже|"
    r"беремен\w+|срок\w*|триместр\w*|витамин|день|по|через)"
)
"""Words to which a number behind them belongs: type 2, stage 3, pregnant 27."""

UNITS = re.compile(
    r"(?:mg|mcg|g|ml|iu|units?|percent|st|nd|rd|th|x|times?|pills?|tablets?|tabs?|capsules?|drops?|puffs?|weeks?|wks?|"
    r"days?|hours?|h|degrees?|trimester|ago|kg|cm|lbs?|over|bpm|cigarettes?|packs?|назад|кг|см|сигарет\w*|"
    r"мг|мкг|г|мл|ед|процент\w*|раза?|таб(?:л\w*)?|капс(?:ул\w*)?|капли|капель|"
    r"нед(?:ел\w*)?|дн(?:я|ей|и)?|день|дня|час(?:а|ов|ы)?|й|я|ой|степен\w+|стади\w+|типа?|триместр\w*|градус\w*)"
)
"""Words to which a number before them belongs: 75 mg, 2 weeks, 3 stents."""

LASTING = re.compile(r"of|history|hx|стаж\w*")
"""Words behind years that are those of an illness: 10 years history of asthma."""

PREGNANT = re.compile(r"pregnan|gestat|беремен|срок")
"""What says of weeks or months that they are those of a pregnancy."""

COUNTED = re.compile(
    r"(?:stents?|operations?|strokes?|attacks?|ulcers?|стент\w*|операц\w+|инфаркт\w*|инсульт\w*|язв\w*)"
)
"""Things that somebody has a few of, so that a small number before them is no age."""

BREASTFEEDING = re.compile(r"breast-?feeding|breast-?feeds|nursing|lactating|кормл|кормит|кормящ|грудью|гв$")
"""Words of breastfeeding, to which no number belongs."""

OLD = re.compile(r"old$|\by/?o$|\by\.o\.?$|полных лет$")
"""What says of a number that it is an age, wherever it stands."""

SEX_OR_CODE = re.compile(r"[FfMm]\d\d")
"""What may be a code of an illness, or a woman or man of so many years."""

CODE = re.compile(r"[A-Za-zА-Яа-я]\d\d(?:[.,]?\w{1,4})?|\d{6,18}")
"""A code of an illness, a medicine or a finding, which is a phrase of its own."""

SIDED = r".*\b(?:since|for|ago|last|уже|назад|около|последн\w+)\b.*"
"""What says how long something has lasted, so that its weeks are none of a pregnancy."""

CONNECTING = frozenset({"and", "plus", "also", "but", "и", "да", "плюс", "также", "но"})
"""Words between two things of a list."""

EMPTY = _normal(
    """i'm a an the with has have had is are was am and also plus he she they his her my i it who patient pt person
    client customer child kid baby adult mr mrs got suffers suffering from having of old и а у на с со есть имеется меня
    мне ему ей него нее пациент пациентка клиент ребенок взрослый человек болеет болен больна страдает она он это"""
)
"""Words that say nothing by themselves."""

BEGINNING = frozenset({"no", "not", "без", "не"})
"""Words that deny only what follows them, so that a phrase begins there."""

DENYING = _normal(
    """no not never none nothing without nor neither denies denied dont don't doesnt doesn't isnt isn't hasnt hasn't
    cant can't cannot stopped avoids avoid нет нету не без ни никаких ничего никогда отрицает нельзя"""
)
"""Words that deny; a phrase with one of them stands alone between its commas."""

BESIDE = _words(
    """maybe perhaps possibly probably likely unsure about around nearly almost under over below above
    возможно наверное может примерно почти около старше младше до после вероятно кажется"""
)
"""Words beside an age, a sex or “nothing else” that leave open whether it is so."""

_MARKERS: dict[str, Topic] = {
    **dict.fromkeys(
        _listed(
            """takes|taking|take|took|uses|using|use|applies|is on|medicines|medicine|medication|medications|meds|drugs
            |on medication|принимает|принимаю|принимал|принимала|пьет|пью|колет|колю|мажет|мажу|использует|использую
            |применяет|применяю|получает|лекарства|лекарство|препараты"""
        ),
        "medicines",
    ),
    **dict.fromkeys(
        _listed(
            """allergic to|allergy to|allergies to|allergic on|allergies|allergy|hypersensitive to|intolerant to
            |intolerance to|intolerance of|аллергия на|аллергии на|аллергию на|аллергик на|аллергия|непереносимость"""
        ),
        "allergies",
    ),
}
_LONGEST_MARKER = 2

_WHOLE_LISTS = _words(
    "medicines medicine medication medications meds drugs allergies лекарства лекарство препараты аллергии"
)
"""What is denied as a whole list."""


class Marker(NamedTuple):
    """Words that say to which list what follows them belongs."""

    topic: Topic
    words: int


def marker_at(words: Sequence[str], place: int) -> Marker | None:
    """Find the marker that begins at a word, if something follows it; “on” is one only at the beginning.

    “No medicines” asks for nothing behind it, unlike “no allergy to”.
    """
    if place and normal(words[place - 1]) in BEGINNING and normal(words[place]) in _WHOLE_LISTS:
        return None
    for size in (_LONGEST_MARKER, 1):
        topic = _MARKERS.get(normal(" ".join(words[place : place + size])))
        if topic is not None and place + size < len(words):
            return Marker(topic, size)
    if place == 0 and normal(words[0]) == "on" and len(words) > 1:
        return Marker("medicines", 1)
    return None


_THERE = re.compile(
    r"(.+?)\s+(?:there|here|on (?:the |his |her |my )?(?:skin|back)|on (?:the|that) (?:spot|site|area|place)"
    r"|at the site|where it would go|там|тут|здесь|на коже|на месте|на этом месте|на спине|на больном месте)",
    re.IGNORECASE,
)


PAIN = re.compile(r"(?:\w+ )?(?:pain|ache|aches|aching|sore|soreness|stiff|hurts|боль|боли|болит|ноет|ломит)\b")
"""What hurts where the remedy would go, which says nothing of the skin there."""


def there(text: str) -> str | None:
    """Return what is said to be where the remedy would go: the “eczema” of “eczema there”."""
    found = _THERE.fullmatch(text)
    if found is None or normal(found[1].split()[-1]) in DENYING:
        # “Psoriasis on elbows, not on the back” is not there.
        return None
    return found[1]
