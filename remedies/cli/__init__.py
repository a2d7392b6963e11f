"""The command line: words typed in, lines printed, exit codes. It contains no rule of its own."""

from remedies.cli.commands import main

__all__ = ["main"]
