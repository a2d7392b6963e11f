"""What the tests of the pages share."""

from web.browsing import browser, served

__all__ = ["browser", "served"]
