"""Numbers and nouns in a sentence."""


def plural(count: int | str, one: str, many: str = "") -> str:
    """Count something; a count may be a range in words.

    >>> plural(1, "day"), plural("1 to 3", "day"), plural(2, "remedy", "remedies")
    ('1 day', '1 to 3 days', '2 remedies')
    """
    if str(count) == "1":
        return f"1 {one}"
    return f"{count} {many or f'{one}s'}"


def span(low: float, high: float) -> str:
    """Say a range, or the one number that it is.

    >>> span(2, 3), span(2, 2), span(7.5, 30)
    ('2 to 3', '2', '7.5 to 30')
    """
    return " to ".join(dict.fromkeys((f"{low:g}", f"{high:g}")))


def an(noun: str) -> str:
    """Put the article before a noun.

    >>> an("illness"), an("Patient")
    ('an illness', 'a Patient')
    """
    if noun[:1].lower() in tuple("aeiou"):
        return f"an {noun}"
    return f"a {noun}"
