"""What may have been meant by an option or a command that is not known: tables, and no guess that is not close.

A wrong word is answered with the right one. Where nothing is surely meant, nothing is suggested.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from remedies.cli.chosen import catalogue_of
from remedies.cli.words import TOPIC_OPTIONS
from remedies.core.errors import RemediesError, quoted
from remedies.knowledge.suggestions import slips_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_OPTIONS: Mapping[str, str] = {
    "--sex": "gender sexe пол",
    "--sex male": "man male boy him мужчина муж",
    "--sex female": "woman female girl her женщина жен",
    "--age": "years old child kid kids baby возраст лет a y",
    "--born": "birthday birthdate birth-date birth dob date-of-birth рождение",
    "--pregnancy yes": "pregnant is-pregnant беременна",
    "--pregnancy": "trimester беременность",
    "--weeks": "week gestation недели неделя w",
    "--due": "due-date edd пдр",
    "--breastfeeding": "breastfeeds breast-feeding breastfed nursing lactating lactation кормит кормление гв",
    "--has": (
        "illness illnesses condition conditions disease diseases diagnosis diagnoses dx icd icd10 code "
        "history have болезнь болезни диагноз имеет"
    ),
    "--has-not": "not hasnt has-no without hasn't",
    "--skin": "skins site wound-site кожа",
    "--allergy": "allergic allergic-to allergies аллергия аллергии",
    "--taking": (
        "drug drugs medication medications medicine medicines meds med takes take using uses on rx atc "
        "лекарство лекарства препарат препараты принимает"
    ),
    "--sign": "signs symptom symptoms red-flag red-flags warning симптом симптомы признак",
    "--circumstance": "circumstances plans planned обстоятельство",
    "--nothing-else": "nothing nothing-more no-else else none no-other nothingelse rest больше-ничего",
    "--remedy": "remedies product products gel ointment name препарат-спины средство r",
    "--start": "date from begin on-date starting начало",
    "--days": "duration length for-days day дней дни d",
    "--together": "with second also",
    "--output": "out outfile to o файл",
    "--overwrite": "force replace f",
    "--details": "verbose detail full long v",
    "--all-rules": "all rules",
    "--for": "fact touching touches",
    "--format json": "json",
    "--format csv": "csv excel",
    "--format markdown": "markdown md",
    "--output plan.html": "html pdf print",
    "--output plan.ics": "ics calendar ical",
}
"""What is meant, with the names by which people call it, in English and in Russian."""

_MEANT = {name: meant for meant, names in _OPTIONS.items() for name in names.split()}

_SAID_APART: Mapping[tuple[str, str], str] = {
    ("plan", "remedy"): "name the remedy without an option: remedies plan finalgon",
    ("show", "remedy"): "name the remedy without an option: remedies show finalgon",
    ("plan", "remedies"): "name the remedy without an option: remedies plan finalgon",
}
"""Options that another command has, by command and name."""

_NO_USE: Mapping[str, str] = {
    **dict.fromkeys(("weight", "kg", "вес"), "no rule looks at the weight; leave it out"),
    **dict.fromkeys(("height", "bmi", "рост"), "no rule looks at it; leave it out"),
    **dict.fromkeys(("catalogue", "catalog"), "it stands before the command: remedies --catalogue FILE check"),
    **dict.fromkeys(("lang", "language", "язык"), "words are read in English and Russian without it"),
}
"""Options that nothing could be done with."""

_COMMANDS: Mapping[str, str] = {
    "check": "чек проверка проверить проверь test verify",
    "list": "ls all remedies список",
    "show": "info view about describe показать покажи описание",
    "ask": "interview wizard questions опрос вопросы спроси",
    "plan": "план schedule calendar",
    "screen": "screening table population batch скрининг таблица",
    "terms": "term word words lookup search find слово поиск",
    "help": "помощь справка hilfe",
    "catalogue": "catalog каталог",
    "schema": "schemas",
    "catalogue lint": "lint validate",
    "catalogue format": "format fmt",
    "catalogue diff": "diff",
    "catalogue sheet": "sheet review",
    "--version": "version версия",
}
_COMMANDS_MEANT = {name: meant for meant, names in _COMMANDS.items() for name in names.split()}

# Options --------------------------------------------------------------------------------------------


_SHORT = 5
"""Names as short as this are near to too many others."""


def message_of(error: click.UsageError) -> str:
    """Say what is wrong with what was typed, and what to write instead where that is sure."""
    match error:
        case click.NoSuchOption(option_name=name, ctx=click.Context() as ctx):
            hint = _option(name, ctx)
            return f"No such option {quoted(name)}{hint and f'; {hint}'}."
        case click.UsageError(ctx=click.Context() as ctx):
            return _extra(error.format_message(), ctx)
        case _:
            return error.format_message()


def _option(name: str, ctx: click.Context) -> str:
    """Say what to write instead of an option that a command does not have; nothing where that is not sure."""
    plain = name.lstrip("-").casefold().replace("_", "-")
    if (ctx.command.name or "", plain) in _SAID_APART:
        return _SAID_APART[ctx.command.name or "", plain]
    if plain in _NO_USE:
        return _NO_USE[plain]
    has = _options(ctx)
    meant = _MEANT.get(plain) or _MEANT.get(_nearest(plain, (name for name in _MEANT if len(name) > _SHORT)))
    if meant is not None and meant.split()[0] in has:
        return f"write {meant}"
    found = _nearest(f"--{plain}", has) or _fact(plain, has, ctx)
    return found and f"write {found}"


def _options(ctx: click.Context) -> list[str]:
    return [flag for param in ctx.command.params for flag in (*param.opts, *param.secondary_opts) if flag[:2] == "--"]


def _nearest(word: str, names: Iterable[str]) -> str:
    """Return the one name that is a slip or two away, or that a word is the beginning of."""
    most = 1 + (len(word) > 7)
    near = [name for name in names if slips_between(word, name, most) <= most]
    begun = [name for name in names if name.startswith(word) and len(word) > 4]
    found = near or begun
    return found[0] if len(found) == 1 else ""


def _fact(name: str, has: Sequence[str], ctx: click.Context) -> str:
    """Name the option to which a fact or a remedy belongs that was written as one."""
    try:
        rulebook = catalogue_of(ctx).rulebook
        if "--remedy" in has and name in {remedy.id for remedy in rulebook.remedies}:
            return f"--remedy {name}"
        word = name.replace("-", " ")
        for option in TOPIC_OPTIONS:
            known = (
                option.flag in has and option.side == "yes" and rulebook.vocabulary.lexicon.exact(option.topic, word)
            )
            if known:
                return f"{option.flag} {in_quotes(word)}"
    except RemediesError:
        pass
    return ""


def in_quotes(word: str) -> str:
    """Write a word as a shell takes it in one piece."""
    return f'"{word}"' if " " in word else word


def _extra(message: str, ctx: click.Context) -> str:
    """Say of words that a command has no place for where they belong."""
    match = re.fullmatch(r"Got unexpected extra arguments? \((.*)\)", message)
    if match is None or ctx.command.name != "list":
        return message
    return f"{message}; to see which remedies it touches, write --for {match[1].split()[0]}"


# Lines ----------------------------------------------------------------------------------------------


def stray(args: Sequence[str], ctx: click.Context) -> None:
    """Refuse what a word processor or a habit made of a line.

    Raises:
        UsageError: there is a dash that is no hyphen before an option, a curly quote that the shell does not
            know, or an option after “--”.
    """
    has = {*_options(ctx), "--help"}
    for place, word in enumerate(args):
        bare = word.lstrip("-–—−").partition("=")[0]
        if word[:1] in {*"–—−"} and f"--{bare}" in has:
            ctx.fail(f"{quoted(word)} begins with a long dash; write --{bare}")
        if word[:1] in {*"“„«‘"} and word[-1:] not in {*"”“»’"}:
            ctx.fail(f'{quoted(word)} begins with a curly quote, which the shell does not know; write straight ones: "')
        if word == "--" and any(other.partition("=")[0] in has for other in args[place + 1 :]):
            ctx.fail("what stands after “--” is read as plain words; leave “--” out")


# Commands -------------------------------------------------------------------------------------------


def command_meant(name: str, group: click.Group, ctx: click.Context) -> str:
    """Name the command that is surely meant by one that is not known; nothing where that is not sure."""
    names = group.list_commands(ctx)
    meant = _COMMANDS_MEANT.get(name.casefold(), "")
    if ctx.parent is not None or (meant.split()[:1] or ["-"])[0] not in {*names, "--version"}:
        meant = ""
    return meant or _nearest(name.casefold(), names)


def command_hint(name: str, group: click.Group, ctx: click.Context) -> str:
    """Say what to write instead of a command that is not known."""
    meant = command_meant(name, group, ctx)
    if meant:
        return f"write “{ctx.command_path} {meant}”"
    if ctx.parent is None:
        return _thing(name, ctx)
    return ""


def _thing(name: str, ctx: click.Context) -> str:
    """Say how to ask about a remedy or a fact that stands where a command belongs."""
    try:
        rulebook = catalogue_of(ctx).rulebook
        if name.casefold() in rulebook.names:
            return f"it is a remedy: write “{ctx.command_path} show {name}”"
        if any(rulebook.vocabulary.lexicon.exact(option.topic, name) is not None for option in TOPIC_OPTIONS):
            return f"to see which remedies it touches, write “{ctx.command_path} list --for {name}”"
    except RemediesError:
        pass
    return ""
