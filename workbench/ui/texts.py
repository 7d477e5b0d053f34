# SPDX-License-Identifier: MIT
"""The widgets' door to the texts: ``t(key)``; the window hands in the language at start-up."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the window's first picture must not wait for the rules
    from workbench.application.ports import Texts


class _Slot:
    """Holds the texts in use, so that switching language is one assignment."""

    texts: "Texts | None" = None


def set_texts(texts: "Texts") -> None:
    """Use these texts from now on; widgets made afterwards speak the new language."""
    _Slot.texts = texts


def texts_in_use() -> "Texts":
    """Return the texts in use; raises LookupError before ``set_texts``."""
    if _Slot.texts is None:
        raise LookupError("set_texts was not called")
    return _Slot.texts


def t(key: str, /, **params: Any) -> str:
    """Return one text of the interface; raises LookupError naming an unknown key."""
    return texts_in_use()(key, **params)


def inside_sentence(title: str) -> str:
    """Return a title as it is written inside a sentence: an English one begins small there."""
    return title if language() == "zh_CN" else title[:1].lower() + title[1:]


_STOPS = ("。", ".", "？", "?", "！", "!", "；", ";")


def ended(sentence: str) -> str:
    """Return a sentence with a stop at its end, so that another one may follow."""
    if sentence.endswith(_STOPS):
        return sentence
    return sentence + ("。" if language() == "zh_CN" else ".")


def language() -> str:
    """Return the language of the interface, such as ``zh_CN``."""
    return texts_in_use().language
