"""What the tests of the pages share."""

from browsing import browser, served

__all__ = ["browser", "served"]
