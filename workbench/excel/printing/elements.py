# SPDX-License-Identifier: MIT
"""Looking into elements of drawings, which may lack anything."""

from typing import Any


def local(element: Any) -> str:
    """Return the name of an element without where it is declared."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: Any, name: str) -> Any:
    """Return the first child of a name; None when there is none, or no element."""
    if element is None:
        return None
    return next((each for each in element if local(each) == name), None)


def number(element: Any, name: str, otherwise: int = 0) -> int:
    """Return an attribute as a whole number."""
    return whole(element.get(name), otherwise) if element is not None else otherwise


def whole(text: str | None, otherwise: int = 0) -> int:
    """Return a text as a whole number."""
    try:
        return int(text) if text is not None else otherwise
    except ValueError:
        return otherwise


def pair(element: Any, first: str, second: str) -> tuple[float, float]:
    """Return two attributes as numbers, 0 where they are missing."""
    return float(number(element, first)), float(number(element, second))


def said(element: Any, name: str) -> bool:
    """Tell whether an attribute says yes."""
    return element is not None and element.get(name) in ("1", "true")
