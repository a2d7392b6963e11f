"""Words that deny a whole list, or less than any fact: “no known allergies”, NKDA, “no chronic illness”."""

import re

from remedies.knowledge.spelling import normal
from remedies.knowledge.topics import Scope, Topic

FAMILY_CODE = re.compile(r"\s*[ZzЗз]8[0-4](?:[.,]?\w{1,4})?\s*")
"""ICD-10 codes of an illness in the family."""

_NOUNS: dict[tuple[Topic, Scope], str] = {
    ("allergies", "all"): r"(?:known |any )?allerg(?:y|ies)|(?:известн\w+ )?аллерги\w*",
    ("allergies", "medicines"): (
        r"(?:known |any )?(?:drug|medication|medicine) allerg(?:y|ies)|allergies to (?:drugs|medicines)"
        r"|лекарственн\w+ аллерги\w*|аллерги\w+ на (?:лекарства|препараты)"
    ),
    ("medicines", "all"): (
        r"(?:known |any |regular |current )*(?:medicines?|medications?|meds|drugs|tablets|treatment)"
        r"|(?:постоянн\w+ )?(?:лекарств\w*|препарат\w*|таблет\w*|терапи\w*)"
    ),
    ("conditions", "all"): (
        r"(?:known |any |significant |other |serious )*(?:(?:past )?(?:medical|health) )?"
        r"(?:illness(?:es)?|diseases?|conditions|problems|history)|pmh"
        r"|(?:сопутствующ\w+ |серьезн\w+ )?(?:заболевани\w*|болезн\w*|патологи\w*)|проблем\w* со здоровьем"
    ),
    ("skin", "all"): r"skin (?:problems?|diseases?)|кожн\w+ заболевани\w*|проблем\w* с кожей|повреждени\w* кожи",
    ("signs", "all"): r"(?:warning )?signs|red flags|symptoms|complaints|жалоб\w*|(?:тревожн\w+ )?симптом\w*",
}
"""What is denied as a whole: “no known allergies”, “жалоб нет”."""

_CHRONIC = re.compile(r"(?:chronic|long term|хроническ\w+) (?:illness|disease|condition|заболевани|болезн|патологи)")
"""What is denied of the lasting illnesses alone, so that it closes no list."""

NO_ALLERGIES: dict[str, Scope] = {
    **dict.fromkeys(("nka", "716186003"), "all"),
    **dict.fromkeys(("nkda", "nkma", "409137002"), "medicines"),
}
"""Abbreviations and SNOMED CT codes that say that there is no allergy, or none to a medicine."""

NOTHING_RECORDED: dict[str, tuple[Topic, Scope]] = {
    "160245001": ("conditions", "current"),
    "787481004": ("medicines", "recorded"),
}
"""SNOMED CT codes by which a record says that it holds no problem now, or no medicine."""

NARROW_DENIALS = frozenset(
    {"428607008", "429625007", "nkfa", "no known food allergies", "no known environmental allergies"}
)
"""What denies less than any fact here: allergies to food, or to the environment."""


def list_named(words: str) -> tuple[Topic, Scope] | None:
    """Return the list that words name as a whole; nothing where they name none."""
    plain = normal(words)
    return next((place for place, nouns in _NOUNS.items() if re.fullmatch(nouns, plain)), None)


def of_lasting_illnesses(words: str) -> bool:
    """Tell whether words name the lasting illnesses alone."""
    return _CHRONIC.match(normal(words)) is not None
