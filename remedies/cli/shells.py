"""How the shells ask for completion and are answered: bash, zsh, fish and PowerShell.

What is offered comes out as one word in each shell, whatever signs and blanks are in it. A line that makes
no sense offers nothing, and nothing is ever printed among what is typed.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
    split_arg_string,
)

from remedies.core.errors import RemediesError


class _Quiet(ShellComplete):
    """A shell in which a line that makes no sense offers nothing, without a message among what is typed."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """Find how a word goes on."""
        with suppress(click.ClickException, click.exceptions.Exit, RemediesError, OSError):
            offers = super().get_completions(args, incomplete)
            return [_whole(one, incomplete) for one in offers if str(one.value).isprintable()]
        return []


def _whole(offer: CompletionItem, incomplete: str) -> CompletionItem:
    """Keep the option before a value that is joined to it by “=”, since shells replace the whole of it."""
    option = re.match(r"--[^=]+=", incomplete)
    if option is not None:
        offer.value = option[0] + str(offer.value)
    return offer


class Bash(_Quiet, BashComplete):
    """Bash: what it inserts stands in the line as it is, so that blanks and signs are quoted here."""

    source_template = """\
%(complete_func)s() {
    local IFS=$'\\n' kind value
    COMPREPLY=()
    while IFS=, read -r kind value; do
        case $kind in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain) COMPREPLY+=("$value") ;;
        esac
    done < <(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD %(complete_var)s=bash_complete "$1")
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""
    # “IFS” stands above so that COMP_WORDS arrives with a line for every word.

    def get_completion_args(self) -> tuple[list[str], str]:
        """Read the line as bash has split it, which is at “=” as well."""
        words = os.environ["COMP_WORDS"].split("\n")
        place = int(os.environ["COMP_CWORD"])
        if len(words) <= place:
            # A script from an older version joins the words with blanks.
            return super().get_completion_args()
        before = [word for word in words[1:place] if word != "="]
        return list(map(_bare, before)), _bare(words[place].removeprefix("="))

    def format_completion(self, item: CompletionItem) -> str:
        """Write an offer, quoted unless the typed word is within quotes, where bash keeps everything as it is."""
        value = str(item.value)
        if item.type == "plain" and not _typed().startswith(("'", '"')):
            value = re.sub(r"([^\w\-+.,/%@])", r"\\\1", value)
        return f"{item.type},{value}"


def _typed() -> str:
    """Return the word that is typed, with its quotes."""
    words = os.environ["COMP_WORDS"].split("\n")
    return "".join(words[int(os.environ["COMP_CWORD"]) :][:1])


def _bare(word: str) -> str:
    """Take the quotes and backslashes of a shell from a word, which may not be finished."""
    return " ".join(split_arg_string(word)) or word.strip("'\"")


class Zsh(_Quiet, ZshComplete):
    """Zsh, which quotes what it inserts."""


class Fish(_Quiet, FishComplete):
    """Fish, which quotes what it inserts, and parts kind, name and explanation at commas."""

    def format_completion(self, item: CompletionItem) -> str:
        """Write an offer."""
        return super().format_completion(item)

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """Leave out names with a comma, of which fish would insert the beginning only, and commas in explanations."""
        found = [one for one in super().get_completions(args, incomplete) if "," not in str(one.value)]
        for one in found:
            one.help = one.help and one.help.replace(",", "")
        return found


class PowerShell(_Quiet):
    """PowerShell, on Windows and elsewhere."""

    name = "powershell"
    source_template = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) `
            { $_.Value } else { $_.Extent.Text } })
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $env:PYTHONUTF8 = '1'
        $env:COMP_WORDS = ($words -join "`n")
        $env:COMP_WORD = $wordToComplete
        $env:%(complete_var)s = 'powershell_complete'
        & %(prog_name)s | ForEach-Object {
            $kind, $insert, $shown, $help = $_ -split "`t"
            [System.Management.Automation.CompletionResult]::new($insert, $shown, $kind, $help)
        }
    } finally {
        [Console]::OutputEncoding = $encoding
        Remove-Item -ErrorAction Ignore Env:PYTHONUTF8, Env:COMP_WORDS, Env:COMP_WORD, Env:%(complete_var)s
    }
}
"""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Read the words before the cursor, a line each, and the one that is typed, which may begin with a quote."""
        words = os.environ.get("COMP_WORDS", "").split("\n")
        return words[1:], os.environ.get("COMP_WORD", "").strip("'\"")

    def format_completion(self, item: CompletionItem) -> str:
        """Write what is inserted, what is shown and an explanation; files are left to PowerShell itself."""
        value = str(item.value)
        inserted = value
        if not re.fullmatch(r"[\w\-+./]+", value):
            quoted = value.replace("'", "''")
            inserted = f"'{quoted}'"
        return "\t".join(("ParameterValue", inserted, value, (item.help or value).replace("\t", " ")))

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """Find how a word goes on; where nothing is offered PowerShell offers files by itself."""
        return [one for one in super().get_completions(args, incomplete) if one.type == "plain"]


def register() -> None:
    """Let click know the shells as they are here."""
    for shell in (Bash, Zsh, Fish, PowerShell):
        add_completion_class(shell)
    add_completion_class(PowerShell, "pwsh")
