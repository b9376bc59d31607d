"""Columns of JSON that hold typed values: whoever reads one gets the value, and parses nothing."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, TypeVar

import sqlalchemy as sa

T = TypeVar("T")


class JsonOf(sa.types.TypeDecorator[T]):
    """A frozen dataclass, kept as JSON: ``mapped_column(JsonOf(Rule))``. Whoever reads the column parses nothing.

    A class with `to_dict` and `from_dict` says itself how it is kept; else its fields are. None is NULL.
    """

    impl = sa.JSON
    cache_ok = True

    def __init__(self, of: type[T]) -> None:
        super().__init__(none_as_null=True)
        self.of = of

    def process_bind_param(self, value: T | None, _dialect: sa.Dialect) -> dict[str, Any] | None:
        """To plain values."""
        return None if value is None else _plain(value)

    def process_result_value(self, value: dict[str, Any] | None, _dialect: sa.Dialect) -> T | None:
        """From plain values."""
        return None if value is None else _read(self.of, value)


class JsonOfEach(sa.types.TypeDecorator[dict[str, T]]):
    """Frozen dataclasses of one type by name, kept as JSON: ``mapped_column(JsonOfEach(Outcome))``."""

    impl = sa.JSON
    cache_ok = True

    def __init__(self, of: type[T]) -> None:
        super().__init__()
        self.of = of

    def process_bind_param(self, value: dict[str, T] | None, _dialect: sa.Dialect) -> dict[str, Any]:
        """To plain values."""
        return {name: _plain(each) for name, each in (value or {}).items()}

    def process_result_value(self, value: dict[str, Any] | None, _dialect: sa.Dialect) -> dict[str, T]:
        """From plain values."""
        return {name: _read(self.of, each) for name, each in (value or {}).items()}


def _plain(value: Any) -> dict[str, Any]:
    kept: dict[str, Any] = value.to_dict() if hasattr(value, "to_dict") else asdict(value)
    return kept


def _read(of: type[T], kept: dict[str, Any]) -> T:
    read: Callable[..., T] | None = getattr(of, "from_dict", None)
    return of(**kept) if read is None else read(kept)
