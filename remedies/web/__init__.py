"""The local page and the HTTP interface; extra ``web``. Everything here asks the library, and holds no rule.

Nothing about a patient is kept: no cookie, no session, no cache, no log of what was sent. What a page has to
remember travels in the body of the next request.
"""
