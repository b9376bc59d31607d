"""What a collection of the API is, and what a program may ask of one."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Protocol, TypeVar

import sqlalchemy as sa
from msgspec import Meta

from pbvote.core.clock import uk_moment
from pbvote.errors import Refusal

Moment = Annotated[dt.datetime, Meta(tz=True)]
"""A moment as RFC 3339 writes it."""
SIZE: Final = 50
"""Rows on a page."""
SLUG_PART: Final = "[a-z0-9-]{1,80}"
ROW_NUMBER: Final = "[1-9][0-9]{0,8}"
_MOMENT: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}):([0-9]{2})(?:\.([0-9]+))?([Zz]|[+-][0-9]{2}:[0-9]{2})",
    re.ASCII,
)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_EARLIEST: Final = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)
"""Nothing here is older."""
WantedT = TypeVar("WantedT", bound="sa.Select[*tuple[Any, ...]]")
ReadKey = Callable[[str], Sequence[object]]
"""What makes the values of a row's key of its id."""
_LATEST: Final = dt.datetime(9999, 12, 31, 23, 59, 59, tzinfo=dt.UTC)


class CannotBeRead(Refusal):
    """What a program asks for can't be read."""

    status = 400


class ApiRow(Protocol):
    """What every row has."""

    @property
    def id(self) -> str:
        """By what it is asked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a collection is asked for: one row, or the first few behind another, or those that have changed."""

    only: str = ""
    """The id of one row."""
    after: str = ""
    """The id behind which to begin; "" for the first."""
    since: dt.datetime | None = None
    size: int = SIZE
    """How many rows at a time."""

    @classmethod
    def of(cls, sent: Mapping[str, Sequence[str]], ids: str) -> "Asked":
        """What an address asks for, by its parameters; `ids` is what an id looks like. Raises `CannotBeRead`."""
        for name, values in sent.items():
            if name not in {"after", "since"}:
                raise CannotBeRead("There are two parameters, “since” and “after”, and no other.")
            if len(values) > 1:
                raise CannotBeRead(f"Give “{name}” once.")
        after, since = (sent.get(name, [None])[0] for name in ("after", "since"))
        if after is not None and not re.fullmatch(ids, after, re.ASCII):
            raise CannotBeRead("“after” is the id of a row. The address under “next” has it.")
        return cls(after=after or "", since=None if since is None else read_since(since), size=SIZE)

    def narrow(self, wanted: WantedT, keys: Sequence[sa.SQLColumnExpression[Any]], read: ReadKey) -> WantedT:
        """The statement for these rows, in the order of their keys, and for one row more to see whether any follow.

        `read` makes the values of the keys of an id.
        """
        key = sa.tuple_(*keys)
        if self.only:
            wanted = wanted.where(key == _values(read(self.only)))
        if self.after:
            wanted = wanted.where(key > _values(read(self.after)))
        return wanted.order_by(None).order_by(*keys).limit(self.size + 1)


def _values(values: Sequence[object]) -> sa.Tuple:
    return sa.tuple_(*map(sa.literal, values))


def of_slug(row_id: str) -> Sequence[object]:
    """The key of an id that is one word."""
    return (row_id,)


def of_number(row_id: str) -> Sequence[object]:
    """The key of an id that is a number."""
    return (int(row_id),)


@dataclass(frozen=True, slots=True)
class Collection:
    """One of the six: its rows, what finds them, and what is said of it."""

    name: str
    row: type
    sentence: str
    """What stands in it."""
    ids: str
    """What an id looks like, as a regular expression."""
    example: str
    """An id, for the document."""
    find: Callable[[Asked], Sequence[ApiRow]]
    """The rows that are asked for, in the order of their ids, and one more where more follow."""

    def one(self, row_id: str) -> ApiRow | None:
        """The row with this id; None where there is none, or it is not public."""
        if not re.fullmatch(self.ids, row_id, re.ASCII):
            return None
        return next(iter(self.find(Asked(only=row_id))), None)


def read_since(text: str) -> dt.datetime:
    """A moment of RFC 3339, or the first moment of a day in the United Kingdom. Raises `CannotBeRead`."""
    try:
        if _DAY.fullmatch(text):
            return max(uk_moment(dt.date.fromisoformat(text), dt.time()), _EARLIEST)
        if found := _MOMENT.fullmatch(text):
            return max(_moment(*found.groups()), _EARLIEST)
    except ValueError:
        pass  # no such day, hour or zone
    except OverflowError:
        return _EARLIEST if text.startswith("0001") else _LATEST
    raise CannotBeRead(
        "“since” is a moment like 2027-01-31T09:30:00Z, or a day like 2027-01-31. In an address write + as %2B."
    )


def _moment(day: str, minute: str, second: str, fraction: str | None, zone: str) -> dt.datetime:
    """A leap second, which no clock of ours has, is the one before it."""
    second = "59" if second == "60" else second
    micros = (fraction or "0")[:6].ljust(6, "0")
    offset = "+00:00" if zone in {"Z", "z"} else zone
    return dt.datetime.fromisoformat(f"{day}T{minute}:{second}.{micros}{offset}").astimezone(dt.UTC)
