"""What the tests of the pages share.

A browser's driver and schemathesis come with the extra ``dev`` alone. Without them, the tests that need them are not
read; these are marked, and never part of the default run.
"""

from importlib.util import find_spec

collect_ignore_glob = []

if find_spec("schemathesis") is None:
    collect_ignore_glob.append("test_openapi_laws.py")

if find_spec("playwright") is None:
    collect_ignore_glob += ["*_browser.py", "browsing.py"]
else:
    from web.browsing import browser, served

    __all__ = ["browser", "served"]
