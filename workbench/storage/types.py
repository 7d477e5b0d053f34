# SPDX-License-Identifier: MIT
"""Column types that keep what the domain means: exact decimals, lists of words, own values."""

import json
from collections.abc import Collection, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from sqlalchemy import BigInteger, Dialect, Numeric, String, TypeDecorator
from sqlalchemy.types import TypeEngine

from workbench.domain.overriding import override
from workbench.domain.values import Value
from workbench.storage.own_values import decode_own, encode_own


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal with a fixed scale: a scaled integer on SQLite, NUMERIC elsewhere.

    SQLite would keep NUMERIC as a binary float, and lose money.
    """

    impl = Numeric
    cache_ok = True

    def __init__(self, scale: int) -> None:
        super().__init__()
        self.scale = scale
        self._factor = Decimal(10) ** scale
        self._step = Decimal(1).scaleb(-scale)

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(Numeric(28, self.scale))

    @override
    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if dialect.name == "sqlite":
            return self._scaled(value)
        return value.quantize(self._step, ROUND_HALF_EVEN)

    def scaled(self, values: Collection[Decimal | None]) -> list[int | None]:
        """Return a whole column as SQLite keeps it; equal numbers are worked out once."""
        known = {value: self._scaled(value) for value in set(values)}
        return [known[value] for value in values]

    def _scaled(self, value: Decimal | None) -> int | None:
        if value is None:
            return None
        exact = value * self._factor
        whole = int(exact)
        return whole if whole == exact else int(exact.to_integral_value(ROUND_HALF_EVEN))

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        if dialect.name == "sqlite":
            return Decimal(value).scaleb(-self.scale)
        return Decimal(value)


class Words(TypeDecorator[tuple[str, ...]]):
    """A list of words, kept as JSON text."""

    impl = String
    cache_ok = True

    @override
    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False)

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(json.loads(value))


class OwnValues(TypeDecorator[Mapping[str, Value]]):
    """The values of a team's own fields by key; decimals and dates are tagged texts in it."""

    impl = String
    cache_ok = True

    @override
    def process_bind_param(
        self, value: Mapping[str, Value | None] | None, dialect: Dialect
    ) -> str | None:
        return encode_own(value)

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> Mapping[str, Value] | None:
        return None if value is None else decode_own(value)
