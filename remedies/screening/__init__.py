"""A whole table of patients, on the caller's dataframe engine."""

from remedies.core.errors import MissingExtraError

try:
    import narwhals
except ModuleNotFoundError:
    message = "tables of patients need narwhals and polars: pip install 'remedies[frames]'"
    raise MissingExtraError(message) from None
if tuple(map(int, narwhals.__version__.split(".")[:2])) < (2, 29):
    # Some older ones get verdicts wrong without a word.
    message = f"tables of patients need narwhals 2.29, not {narwhals.__version__}: pip install -U 'remedies[frames]'"
    raise MissingExtraError(message)

from remedies.screening.files import Screened, screen_file
from remedies.screening.screening import Counts, Screening, screen
from remedies.screening.words import Unclear

__all__ = ["Counts", "Screened", "Screening", "Unclear", "screen", "screen_file"]
