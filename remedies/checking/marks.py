"""Marks around a word, in both languages: doubt, denial, family, and answers that are no words at all.

They are read before anything is stripped: “asthma?” is doubt, “asthma (-)” denial, and neither is asthma.
"""

import re
from typing import Literal, NamedTuple

from remedies.core.errors import LONGEST_WORD
from remedies.knowledge.spelling import folded, normal

Mark = Literal["doubt", "denial", "family"]


class Marked(NamedTuple):
    """A word without its mark."""

    mark: Mark | None
    word: str


_BULLET = re.compile(r"^\s*(?:[•*·▪◦‣○●]|\d{1,2}[.)](?=\s))\s*")

_TICKED = re.compile(
    r"^\s*(?:[☑✓✔✅]|\[[xхv✓+]\]|\+(?=\s*\w))\s*|\s*(?:\(\+\)|\[\+\]|[✓✔☑✅]|\s\+|[:=]\s*(?:yes|да|есть|\+))\s*$"
)
"""Signs that only say what a list says already: that it is so."""

_DOUBT_SIGNS = re.compile(
    r"^\s*(?:[?¿☐□☒~≈±!]|\[\s*\]|[-–—−](?=\s*\w))+\s*|\s*(?:\(\s*\?+\s*\)|\[\s*\?\s*\]|[?☐□☒±]|\s[-–—−])+\s*$"
)
"""Signs that do not say what they say: a question, an empty or crossed box, a lone dash."""

_DENIAL_SIGNS = re.compile(
    r"^\s*(?:[¬✗✘❌☓]|\(\s*[-–—−]\s*\)|\[\s*[-–—−]\s*\])\s*"
    r"|\s*(?:\(\s*(?:[-–—−]|neg(?:ative)?|no|нет|отр\w*)\s*\)|\[\s*[-–—−]\s*\]|[✗✘❌☓]|\s-ve"
    r"|(?:[:=]|\s[–—-])\s*(?:no|none|нет|не было|отриц\w*|negative|neg|absent|false|0))\s*$"
)

_DOUBT = (
    r"^(?:(?:it\s+is\s+|i\s+|is\s+)?(?:possibl[ey]|probabl[ey]|presumed|presumptive|suspect(?:ed|s|ing)?|suspicion(?:\s+of)?|susp|"
    r"suspicious\s+for|r/o|r\s+o|rule\s*[- ]?out|query|maybe|perhaps|likely|unlikely|may\s+have|might\s+have|"
    r"might\s+be|could\s+be|may\s+be|unsure(?:\s+about|\s+of|\s+if)?|not\s+sure(?:\s+about|\s+of|\s+if)?|questionable|"
    r"(?:at\s+)?(?:high\s+|increased\s+)?risk\s+(?:of|for)|consider(?:ing)?|think(?:\s+it\s*['’]?s)?|guess|being\s+tested\s+for|borderline|dd|ddx|provisional)"
    r"|(?:есть\s+)?(?:подозрени[ея](?:\s+на)?|подозрева\w+|возможн\w*|вероятн\w*|может\s+быть|кажется|думаю|наверное|"
    r"наверно|вроде|похоже(?:\s+на)?|предположительно|предполага\w+|под\s+вопросом|не\s+уверена?(?:\s+насчет)?|"
    r"не\s+исключ\w+|(?:высокий\s+)?риск(?:\s+развития)?|угроза|исключить|нельзя\s+исключить|не\s+уверена?,?\s+но(?:\s+вроде)?|может,?|сомнительн\w*))\b[\s:,-]*"
    r"|[\s,;(-]+(?:possibl[ey]|probabl[ey]|suspected|maybe|perhaps|not\s+sure|unsure|under\s+investigation|provisional|"
    r"to\s+be\s+(?:confirmed|excluded|ruled\s+out)|unconfirmed|not\s+confirmed|query|resolved|cured|healed|in\s+the\s+past\s*\?|"
    r"под\s+вопросом|не\s+исключ\w+|возможно|вероятно|наверное|может\s+быть|не\s+уверена?|не\s+подтвержд\w+|"
    r"предположительно|вылечен\w*|прошла|прошел)\)?$"
)

_DENIAL = (
    r"^(?:(?:i\s+|he\s+|she\s+|patient\s+|pt\s+)?(?:denies|denied|deny|never\s+(?:had|has|have|took|used)?|(?:do|does|did)(?:\s*n[o']?t|n['’]?t)\s+"
    r"(?:have|take|use|suffer\s+from|smoke)|(?:has|have|had)\s+no|is\s+not|am\s+not|not\s+(?:taking|on|using|allergic\s+to|a)|"
    r"not|no\s+(?:known\s+|current\s+|previous\s+|past\s+|personal\s+)*(?:history\s+of|hx\s+of|h/o|evidence\s+of|signs?\s+of|"
    r"symptoms?\s+of|diagnosis\s+of)|no|nil|none|without|w/o|negative\s+for|neg\s+for|free\s+(?:of|from)|absence\s+of|ruled\s+out|"
    r"excluded)"
    r"|(?:у\s+меня\s+)?(?:нету?(?:\s+(?:данных\s+(?:за|о|об)|признаков))?|без|отсутству\w+|отрица\w+|не\s+(?:было|имею|имеет|болею|болел\w*|"
    r"страдаю|страдает|принимаю|принимает|пью|использую|выявлен\w*|обнаружен\w*|подтвержд\w+)|никогда\s+не\s+(?:было|болел\w*|пил\w*|принимал\w*)|"
    r"исключен\w*|ни|не(?!\s+перенос)))\b[\s:,]*"
    r"|[\s,(:-]+(?:нету?|отрица\w+|не\s+(?:было|имеется|реагирую|выявлен\w*|обнаружен\w*|болею|болел\w*|принимаю|пью)|отсутству\w+|исключен\w*|"
    r"negative|neg|absent|ruled\s+out|excluded|denied|none|no|not\s+present)\)?$"
)

_FAMILY = (
    r"^(?:runs\s+in\s+(?:the\s+|my\s+)?family|(?:strong\s+|positive\s+)?(?:family|familial|fam|hereditary|maternal|paternal)\s+(?:history|hx|h/o)|fhx?|f/h|"
    r"(?:my\s+)?(?:mother|father|mum|mom|dad|parents?|sisters?|brothers?|siblings?|sons?|daughters?|grand\w+|"
    r"aunt|uncle|cousin|relatives?|husband|wife|partner)(?:['’]s)?"
    r"|семейный\s+анамнез\w*|семейная\s+история|наследственность|отягощен\w+\s+\w+|в\s+семье|(?:у|от)\s+(?:моей|моего|моих)?\s*"
    r"(?:матери|мамы|отца|папы|родител\w+|сестры|брата|бабушк\w+|дедушк\w+|родствен\w+|мужа|жены|тети|дяди|сына|дочки|дочери)"
    r"|мать|мама|отец|папа|бабушка|дедушка|сестра|брат|сын|дочь|дочка|муж|жена)\b"
    r"|[\s,(]+(?:in\s+(?:the\s+)?family|runs\s+in\s+(?:the\s+)?family|family\s+history|fhx?|\(?(?:mother|father)|"
    r"у\s+(?:матери|мамы|отца|папы|родител\w+|сестры|брата|бабушк\w+|дедушк\w+|родствен\w+)|в\s+семье|по\s+наследству|"
    r"в\s+семейном\s+анамнезе|у\s+родных)\)?$"
)

_SELF = re.compile(r"\b(?:i|me|myself|also|too|я|у меня|тоже|сам|сама|and|и)\b")
"""Where the person comes in as well, it is no longer the family alone."""


def _listed(text: str) -> frozenset[str]:
    return frozenset(" ".join(part.split()) for part in text.split("|"))


_PHRASES: tuple[tuple[Mark, str], ...] = (("family", _FAMILY), ("doubt", _DOUBT), ("denial", _DENIAL))

NONE = _listed(
    """0|no|none|nothing|nil|none of these|neither|none known|nothing known|nil known|nil of note|none reported
    |no known|no known problems|no problems|no current problems|n a|na|not applicable|nope|healthy|well|fit and well
    |asymptomatic|skin intact|intact|not on anything|not on any meds
    |in good health|i am healthy|generally healthy|all good|negative
    |нет|нету|ничего|никакие|никаких|ничем|не имеется|отсутствуют|отсутствует|здоров|здорова|здоровый|здоровая
    |практически здоров|практически здорова|я здоров|я здорова|не болею|ничем не болею|ничего нет|ничего такого
    |ничего не принимаю|не принимаю|не принимаю ничего|не пью|ничего не пью|не использую|не беспокоит|отрицает
    |без особенностей|ничего из этого|ничего из перечисленного|не отмечает|не было никогда|никогда не было
    |аллергоанамнез не отягощен|не отягощен|кожа чистая|кожа не повреждена|кожа цела
    |норма|все нормально|все хорошо|не было|не выявлено"""
)
"""Words that say that nothing is so; they close a list, and a topic on the command line."""

_DASHES = frozenset({"-", "–", "—", "−", "--", "---", "/"})

DONT_KNOW = _listed(
    """dont know|don t know|i don t know|i dont know|idk|do not know|unknown|not known|unsure|not sure|no idea
    |no information|no info|not asked|not recorded|no allergy info|no problem info|no medication info
    |не знаю|незнаю|хз|неизвестно|не известно|не помню|не уверен|не уверена|нет данных|не указано|без понятия
    |не спрашивали|не проверялся|не проверялась|затрудняюсь ответить|понятия не имею|never been tested"""
)
"""Words that leave everything unknown, as a lone question mark does."""

_FORGOTTEN = re.compile(
    r"(?:(?:i )?(?:can t|cannot|cant|don t|dont) remember|(?:i )?(?:don t|dont) know|forgot|не помню|не знаю"
    r"|забыла?\b|название забыла?|затрудняюсь)\b"
)
"""How people begin who don't know."""

YES = frozenset({"yes", "y", "да", "д"})
"""Words that say that the one thing asked about is so."""


def says_none(words: str) -> bool:
    """Tell whether somebody says that nothing is so; a question mark beside it is doubt, and doubt is no "no"."""
    return "?" not in words and (normal(words) in NONE or words.strip() in _DASHES)


def says_unknown(words: str) -> bool:
    """Tell whether somebody says that they don't know."""
    plain = normal(words)
    return (bool(words.strip()) and not words.strip(" ?")) or plain in DONT_KNOW or _FORGOTTEN.match(plain) is not None


def says_yes(words: str) -> bool:
    """Tell whether somebody says yes, without doubt."""
    return "?" not in words and normal(words) in YES


def signs(word: str) -> Marked:
    """Take the signs from a word that say whether it is so: a question mark, a box, a minus in brackets.

    >>> signs("asthma (-)"), signs("?asthma")
    (Marked(mark='denial', word='asthma'), Marked(mark='doubt', word='asthma'))
    """
    text = _BULLET.sub("", word) if len(word) <= LONGEST_WORD else word
    text, denied = _DENIAL_SIGNS.subn("", text)
    text, doubted = _DOUBT_SIGNS.subn("", text)
    text = _TICKED.sub("", text).strip()
    mark: Mark | None = None
    if denied:
        mark = "denial"
    if doubted:
        mark = "doubt"
    return Marked(mark, text or word)


_HISTORY = re.compile(
    r"(?:strong|positive)?\s*(?:family|familial|fam|hereditary|maternal|paternal)\s+(?:history|hx|h/o)|f/?h\b|fhx|runs\s+in"
    r"|семейный\s+анамнез|семейная\s+история|наследственность"
)


_OVER = re.compile(
    r"\b(?:history\s+of|hx(?:\s+of)?|h/o|s/p|status\s+post|past|previous(?:ly)?|prior|once\s+had|used\s+to\s+have|"
    r"in\s+childhood|as\s+a\s+child|(?:years?|months?|decades?)\s+ago|last\s+year|long\s+ago|pmhx?|resolved|healed"
    r"|в\s+прошлом|в\s+анамнезе|анамнез\w*|ранее|раньше|давно|в\s+детстве|(?:год|года|лет|месяц\w*)\s+назад|"
    r"перен[её]с\w*|после\s+перенес\w+|был[аио]?)\b"
)
_STILL = re.compile(
    r"\b(?:(?:hours?|days?|weeks?|months?)[\s-]+(?:history|hx)|since|today|tonight|yesterday|now|currently|current|still|ongoing|"
    r"active|acute|again|recurrent|(?:hours?|days?|weeks?)\s+ago|last\s+(?:week|night)|this\s+(?:week|morning|night)"
    r"|сейчас|сегодня|вчера|опять|снова|продолжа\w+|(?:час\w*|ден\w*|дн\w+|недел\w*)\s+назад|на\s+(?:этой|прошлой)\s+неделе)\b"
)
"""What takes “history of” back: a two-day history of black stools is now."""

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def over(word: str) -> Literal["over", "dated"] | None:
    """Tell whether a word says that something is over, or only names a year, which may be this one.

    >>> over("history of a GI bleed"), over("GI bleed 2015"), over("two-day history of melena")
    ('over', 'dated', None)
    """
    text = " ".join(folded(word).split())
    if _STILL.search(text):
        return None
    if _OVER.search(text):
        return "over"
    if _YEAR.search(text):
        return "dated"
    return None


def of_the_family(word: str) -> bool:
    """Tell whether words are of the family whatever follows: a mother of two may have asthma herself."""
    return _HISTORY.match(" ".join(folded(word).split())) is not None


def phrases(word: str) -> Marked:
    """Take the words that say whether something is so: “no”, “suspected”, “mother had”.

    >>> phrases("подозрение на астму"), phrases("no asthma"), phrases("family history of asthma")
    (Marked(mark='doubt', word='астму'), Marked(mark='denial', word='asthma'), Marked(mark='family', word='of asthma'))
    """
    text = " ".join(folded(word).split())
    for mark, pattern in _PHRASES:
        # Compiled when a word is first looked at: most commands need none of it.
        rest, count = re.subn(pattern, "", text)
        if mark == "family" and count and _SELF.search(rest):
            return Marked(None, word)
        if count and (rest.strip() or mark == "family"):
            return Marked(mark, rest.strip(" ,:;-()"))
    return Marked(None, word)
