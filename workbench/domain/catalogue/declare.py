# SPDX-License-Identifier: MIT
"""Short constructors, so that a declaration of a field reads as one line."""

from typing import Any

from workbench.domain.fields import Choice, Field, FieldType, Need

REQUIRED, ASSESSMENT, OPTIONAL = Need.REQUIRED, Need.ASSESSMENT, Need.OPTIONAL


def _field(
    type_: FieldType, key: str, zh: str, en: str, need: Need, synonyms: str, **more: Any
) -> Field:
    return Field(key, zh, en, type_, need, synonyms=tuple(synonyms.split()), **more)


def text(key: str, zh: str, en: str, need: Need = OPTIONAL, syn: str = "", **more: Any) -> Field:
    """Declare free text."""
    return _field(FieldType.TEXT, key, zh, en, need, syn, **more)


def code(key: str, zh: str, en: str, need: Need = OPTIONAL, syn: str = "", **more: Any) -> Field:
    """Declare an identifier that is kept to the letter."""
    return _field(FieldType.CODE, key, zh, en, need, syn, **more)


def number(
    key: str, zh: str, en: str, need: Need = OPTIONAL, syn: str = "", unit: str = "",
    decimals: int = 2, **more: Any,
) -> Field:
    """Declare a plain number in ``unit``."""
    return _field(FieldType.NUMBER, key, zh, en, need, syn, unit=unit, decimals=decimals, **more)


def integer(
    key: str, zh: str, en: str, need: Need = OPTIONAL, syn: str = "", unit: str = "", **more: Any
) -> Field:
    """Declare a whole number."""
    return _field(FieldType.INTEGER, key, zh, en, need, syn, unit=unit, **more)


def land(key: str, zh: str, en: str, need: Need = OPTIONAL, syn: str = "", **more: Any) -> Field:
    """Declare a land area: ㎡, shown in 亩."""
    shown = {"display_unit": "亩", "decimals": 2} | more
    return _field(FieldType.AREA, key, zh, en, need, syn, unit="㎡", **shown)


def area(key: str, zh: str, en: str, need: Need = OPTIONAL, syn: str = "", **more: Any) -> Field:
    """Declare a floor area: ㎡, shown in ㎡."""
    shown = {"decimals": 2} | more
    return _field(FieldType.AREA, key, zh, en, need, syn, unit="㎡", **shown)


def money(key: str, zh: str, en: str, need: Need = OPTIONAL, syn: str = "", **more: Any) -> Field:
    """Declare money: 元, shown in 万元."""
    shown = {"display_unit": "万元", "decimals": 2} | more
    return _field(FieldType.MONEY, key, zh, en, need, syn, unit="元", **shown)


def share(key: str, zh: str, en: str, need: Need = OPTIONAL, syn: str = "", **more: Any) -> Field:
    """Declare a share: a fraction, shown in %."""
    shown = {"display_unit": "%", "decimals": 2} | more
    return _field(FieldType.SHARE, key, zh, en, need, syn, **shown)


def day(key: str, zh: str, en: str, need: Need = OPTIONAL, syn: str = "", **more: Any) -> Field:
    """Declare a date."""
    return _field(FieldType.DATE, key, zh, en, need, syn, **more)


def flag(key: str, zh: str, en: str, need: Need = OPTIONAL, syn: str = "", **more: Any) -> Field:
    """Declare a three-state field: yes, no, unknown."""
    return _field(FieldType.BOOL, key, zh, en, need, syn, **more)


def choice(
    key: str, zh: str, en: str, choices: tuple[Choice, ...], need: Need = OPTIONAL, syn: str = "",
    **more: Any,
) -> Field:
    """Declare a choice of one."""
    return _field(FieldType.CHOICE, key, zh, en, need, syn, choices=choices, **more)


def several(
    key: str, zh: str, en: str, choices: tuple[Choice, ...], need: Need = OPTIONAL, syn: str = "",
    **more: Any,
) -> Field:
    """Declare a choice of any number."""
    return _field(FieldType.CHOICES, key, zh, en, need, syn, choices=choices, **more)


def texts(key: str, zh: str, en: str, need: Need = OPTIONAL, syn: str = "", **more: Any) -> Field:
    """Declare a list of words."""
    return _field(FieldType.TEXTS, key, zh, en, need, syn, **more)


def ref(
    key: str, zh: str, en: str, target: str, need: Need = OPTIONAL, syn: str = "", **more: Any
) -> Field:
    """Declare a reference to another record."""
    return _field(FieldType.REF, key, zh, en, need, syn, target=target, **more)


def note() -> Field:
    """Declare the remark that every entity has."""
    return text("note", "备注", "Note", syn="说明 备注说明 其他情况 其它 备考 附注 附记 注记 BZ Remarks Notes", group="note")


def pick(words: str) -> tuple[Choice, ...]:
    """Build choices from lines of ``中文 = English | synonym synonym``."""
    choices = []
    for line in words.strip().splitlines():
        head, _, synonyms = line.partition("|")
        zh, _, en = head.partition("=")
        choices.append(Choice(zh.strip(), en.strip(), tuple(synonyms.split())))
    return tuple(choices)
