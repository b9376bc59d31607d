"""What a ledger entry tells: one frozen dataclass for each type of entry, beside the verb that writes it.

The dataclass's fields are the entry's body. A type may gain fields with defaults; entries that were written before it
did stay as they are, and read as if they had them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, ClassVar, TypeVar

R = TypeVar("R", bound="Record")


@dataclass(frozen=True, slots=True)
class Names:
    """What people call those that a record holds as numbers and references."""

    people: Mapping[int, str] = field(default_factory=dict)
    """The names of accounts, by number."""
    bids: Mapping[str, str] = field(default_factory=dict)
    """The event's bids as they stand on its ballot paper, by reference."""


class Record:
    """The base of every record. It holds numbers, digests and words from lists; it names no person."""

    type: ClassVar[str]
    """As the ledger keeps and publishes it."""

    __slots__ = ()

    def told(self, names: Names) -> str:
        """What happened, in words for the desk."""
        raise NotImplementedError

    def others(self) -> Iterable[str]:
        """Who had a part in it beside whoever did it, as ``account 3`` or ``witness 2``."""
        return (str(getattr(self, "second", "")),)

    def done_by(self) -> str:
        """Who did it, where no account did."""
        return "Command line"


RECORDS: dict[str, type[Record]] = {}
"""Every type of record, by what the ledger calls it."""


def record(cls: type[R]) -> type[R]:
    """Make a type of record known to everything that reads the ledger."""
    if cls.type in RECORDS:
        raise ValueError(f"two records are called {cls.type}")
    RECORDS[cls.type] = cls
    return cls


def body_of(record_: Record) -> dict[str, Any]:
    """The record's fields as the ledger keeps them. What has its default is left out."""
    body = {}
    for each in fields(record_):  # type: ignore[arg-type]  # every record is a dataclass
        value = getattr(record_, each.name)
        if each.default is MISSING or value != each.default:
            body[each.name] = list(value) if isinstance(value, tuple) else value
    return body


@dataclass(frozen=True, slots=True)
class Unreadable(Record):
    """An entry that pbvote never wrote so: somebody changed it past pbvote, and `pbvote verify-ledger` says where."""

    type: ClassVar[str] = "unreadable"

    def told(self, _names: Names) -> str:
        """What happened, in a sentence."""
        return "This line was changed outside pbvote and can’t be read"


def read(type_: str, body: Mapping[str, Any]) -> Record:
    """The record that an entry holds; `Unreadable` for one that pbvote never wrote so."""
    try:
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in body.items()}
        return RECORDS[type_](**values)
    except (AttributeError, KeyError, TypeError):
        return Unreadable()


def counted(number: int, thing: str) -> str:
    """A number of things: ``1 slip``, ``25 slips``."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def confirmed_by(second: str, names: Names) -> str:
    """Who confirmed, as words that end a sentence; `second` is ``account 3``, ``witness 2``, or "" for nobody."""
    if not second:
        return ""
    kind, _, number = second.partition(" ")
    return f"; confirmed by {names.people.get(int(number), second) if kind == 'account' else second}"


def in_a_sentence(words: str) -> str:
    """A form's option as it stands in the middle of a sentence: ``It is torn`` → ``it is torn``."""
    return words[:1].lower() + words[1:]
