# SPDX-License-Identifier: MIT
"""The words that a part of a document in markup holds, as a search for names reads them."""

import re
from html import unescape

APART = "\x00"
"""Stands between words that do not belong together; no name holds it."""
_CLOSED = re.compile(r"</(?:\w+:)?(?:p|si|c|is|row|text|t[dhr]|li|div|h\d|v|f|comment|author)>")
_TAG = re.compile(r"<[^>]*>")
_SAID = re.compile(r"=\"([^\"]*)\"|='([^']*)'")
_OURS = re.compile(r"^(?:https?://schemas\.|urn:|http://purl\.)")


def marked_words(markup: str) -> str:
    """Return texts and attributes, kept apart; the runs of one paragraph are put together.

    A name whose letters differ in colour stands in several runs.
    """
    running = _TAG.sub("", _CLOSED.sub(APART, markup))
    said = (one or other for one, other in _SAID.findall(markup))
    return unescape(APART.join([running, *(each for each in said if not _OURS.match(each))]))
