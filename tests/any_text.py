"""Texts of any characters, to be tried on what reads or keeps texts."""

from hypothesis import strategies as st

_CHARACTERS = st.characters(exclude_categories=("Cs",))
"""All that UTF-8 can write, as of hypothesis itself, which writes each of a million to find out."""


def any_text(**sizes):
    """A text as ``st.text`` draws it."""
    return st.text(_CHARACTERS, **sizes)
