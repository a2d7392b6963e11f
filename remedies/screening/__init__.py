"""A whole table of patients, on the caller's dataframe engine."""

from remedies.core.errors import MissingExtraError

try:
    import narwhals as _  # noqa: F401 - everything below needs it
except ModuleNotFoundError:
    message = "tables of patients need narwhals and polars: pip install 'remedies[frames]'"
    raise MissingExtraError(message) from None

from remedies.screening.files import Screened, screen_file
from remedies.screening.screening import Counts, Screening, screen
from remedies.screening.words import Unclear

__all__ = ["Counts", "Screened", "Screening", "Unclear", "screen", "screen_file"]
