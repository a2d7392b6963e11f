"""One patient against the rulebook: what is known, ages and weeks, verdicts, reasons."""
