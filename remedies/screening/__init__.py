"""A whole table of patients, on the caller's dataframe engine."""

from remedies.screening.screening import Counts, Screening, screen
from remedies.screening.words import Unclear

__all__ = ["Counts", "Screening", "Unclear", "screen"]
