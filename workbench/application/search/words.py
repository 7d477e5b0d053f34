# SPDX-License-Identifier: MIT
"""Why something was found, in words: the field, and the piece with what stands round it."""

from workbench.application.ports import Texts
from workbench.application.search.searching import Reason
from workbench.domain.fields import Catalogue
from workbench.domain.search.index import Found

AROUND = 8
"""Characters that are shown on each side of a matched piece."""


def kind_title(kind: str, catalogue: Catalogue, texts: Texts) -> str:
    """Return what a kind of thing is called."""
    if kind in catalogue:
        return catalogue[kind].title(texts.language)
    return texts(f"finder.kind.{kind}")


def field_title(kind: str, field: str, catalogue: Catalogue, texts: Texts) -> str:
    """Return what a searched field is called."""
    if kind in catalogue and field in catalogue[kind]:
        return catalogue[kind][field].title(texts.language)
    return texts(f"finder.field.{field}")


def snippet(reason: Reason) -> tuple[str, int, int]:
    """Return a field's text cut to what stands round the piece, and where the piece is in it."""
    start = max(reason.start - AROUND, 0)
    end = min(reason.end + AROUND, len(reason.text))
    head = "…" if start else ""
    tail = "…" if end < len(reason.text) else ""
    shift = len(head) - start
    return f"{head}{reason.text[start:end]}{tail}", reason.start + shift, reason.end + shift


def where_words(reason: Reason, found: Found, catalogue: Catalogue, texts: Texts) -> str:
    """Return a reason as a sentence: 权证号 …第【0012】号, with the letters that were typed."""
    text, start, end = snippet(reason)
    marked = f"{text[:start]}【{text[start:end]}】{text[end:]}"
    title = field_title(found.kind, reason.field, catalogue, texts)
    words = texts("finder.in_field", field=title, text=marked)
    if reason.level.by_pinyin:
        words = texts("finder.by_pinyin", word=reason.word, where=words)
    return words
