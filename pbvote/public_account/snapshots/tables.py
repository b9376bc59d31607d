"""The API's collections as plain tables: what is listed within a row has a table of its own, in its order."""

import datetime as dt
import enum
import types
import typing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Annotated, Any, Final

from msgspec import Meta

from pbvote.public_account.api.collections import ApiRow, Asked, Collection

AT_A_TIME: Final = 1_000
Value = str | int | bool | dt.date | None


class Type(enum.StrEnum):
    """What a column holds, as a Data Package calls it."""

    TEXT = "string"
    WHOLE = "integer"
    YES_NO = "boolean"
    DAY = "date"
    MOMENT = "datetime"
    """In UTC, as RFC 3339 writes it."""


_TYPES: Final = {str: Type.TEXT, int: Type.WHOLE, bool: Type.YES_NO, dt.date: Type.DAY, dt.datetime: Type.MOMENT}


@dataclass(frozen=True, slots=True)
class Field:
    """A column, and what it says."""

    name: str
    type: Type
    sentence: str


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A table, with the columns that tell its rows apart before the others."""

    name: str
    sentence: str
    keys: Sequence[Field]
    others: list[Field] = field(default_factory=list)
    within: list["PlainTable"] = field(default_factory=list)
    """Those of what is listed within its rows."""

    @property
    def fields(self) -> list[Field]:
        """Every column."""
        return [*self.keys, *self.others]


def plain_tables(collection: Collection) -> list[PlainTable]:
    """The tables of a collection: its own first."""
    key = Field("id", Type.TEXT, _said_of(collection.row, "id"))
    return list(_with_those_within(_drawn(collection.row, PlainTable(collection.name, collection.sentence, [key]))))


def _with_those_within(table: PlainTable) -> Iterator[PlainTable]:
    yield table
    for each in table.within:
        yield from _with_those_within(each)


def _drawn(row: type, table: PlainTable, prefix: str = "") -> PlainTable:
    """The table with the columns of this row, and with the tables of what it lists."""
    for name, (kind, sentence) in _hints(row).items():
        inner = _row_within(kind)
        if typing.get_origin(kind) is list:
            table.within.append(_drawn(typing.get_args(kind)[0], _listed(table, name, sentence)))
        elif inner:
            _drawn(inner, table, f"{name}_")
        elif prefix + name not in {key.name for key in table.keys}:
            table.others.append(Field(prefix + name, _TYPES[_plain(kind)], sentence))
    return table


def _listed(table: PlainTable, name: str, sentence: str) -> PlainTable:
    """An empty table for what is listed under this name."""
    keys = list(table.keys)
    if keys[0].name == "id":
        keys[0] = Field(f"{table.name}_id", Type.TEXT, f"The id of the row in {table.name}.")
    place = Field(f"{name}_place", Type.WHOLE, "Its place in the list, from 1.")
    return PlainTable(f"{table.name}_{name}", sentence, [*keys, place])


def rows_of(tables: Sequence[PlainTable], row: ApiRow) -> Iterator[tuple[PlainTable, list[Value]]]:
    """A row of a collection, and what is listed within it, each with its table."""
    yield from _rows(tables[0], row, [row.id])


def _rows(table: PlainTable, row: object, keys: list[Value]) -> Iterator[tuple[PlainTable, list[Value]]]:
    values = dict(_values(type(row), row))
    yield table, [*keys, *(values[each.name] for each in table.others)]
    for inner in table.within:
        listed = getattr(row, inner.name.removeprefix(f"{table.name}_"))
        for place, each in enumerate(listed, 1):
            yield from _rows(inner, each, [*keys, place])


def _values(kind: type, row: object | None, prefix: str = "") -> Iterator[tuple[str, Value]]:
    """What stands in the columns; nothing where the row within a row is missing."""
    for name, (hint, _) in _hints(kind).items():
        value: Any = getattr(row, name, None)
        if inner := _row_within(hint):
            yield from _values(inner, value, f"{name}_")
        elif typing.get_origin(hint) is not list:
            yield prefix + name, value


def _hints(row: type) -> dict[str, tuple[Any, str]]:
    """The type of each field without what is said of it, and that."""
    hints = typing.get_type_hints(row, include_extras=True)
    return {each.name: _told(hints[each.name]) for each in fields(row)}


def _told(hint: Any) -> tuple[Any, str]:
    if typing.get_origin(hint) is not Annotated:
        return hint, ""
    said = (each.description for each in hint.__metadata__ if isinstance(each, Meta) and each.description)
    return hint.__origin__, next(said, "")


def _said_of(row: type, name: str) -> str:
    return _hints(row)[name][1]


def _plain(kind: Any) -> type:
    """The one type that a field's values have unless they are missing."""
    if typing.get_origin(kind) is Annotated:
        return _plain(kind.__origin__)
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        [one] = (each for each in typing.get_args(kind) if each is not type(None))
        return _plain(one)
    return typing.cast("type", kind)


def _row_within(kind: Any) -> type | None:
    """The row that stands in this field, if it is one."""
    one = None if typing.get_origin(kind) is list else _plain(kind)
    return one if one and is_dataclass(one) else None


def every_row(collection: Collection) -> Iterator[ApiRow]:
    """A whole collection, some of it at a time."""
    asked = Asked(size=AT_A_TIME)
    while True:
        found = collection.find(asked)
        yield from found[:AT_A_TIME]
        if len(found) <= AT_A_TIME:
            return
        asked = Asked(size=AT_A_TIME, after=found[AT_A_TIME - 1].id)
