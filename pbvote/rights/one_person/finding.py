"""Where somebody is found: every column that the register names is looked through. Nothing here writes.

Each table is asked once, however many rows it has or finds.
"""

import enum
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from pbvote.core.hashes import digest
from pbvote.db import Base, db
from pbvote.people.models import Account
from pbvote.rights.one_person.person import Person
from pbvote.rights.one_person.register import REGISTER
from pbvote.rights.one_person.register.held import Held

_TEXTS: Final = ("whose", "names", "words")
_ACCOUNTS: Final = ("whose", "by", "decided")


class TraceTie(enum.Enum):
    """What ties a row to the person."""

    THEIRS = "theirs"
    """Their account, address or number says that the row is theirs."""
    DID = "did"
    """Their account did it."""
    SAID = "said"
    """Somebody else's row holds their address or number."""
    NAMED = "named"
    """Only the name fits. It can be somebody else's."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One row that holds something of the person."""

    held: Held
    row: Mapping[str, Any]
    """The row's columns without those that are secret; JSON as plain values."""
    raw: Mapping[str, Any]
    """The same as the database keeps it."""
    tie: TraceTie
    through: tuple[str, ...]
    """The columns in which they were found."""

    @property
    def is_sure(self) -> bool:
        """Whether more than a name says that it is they."""
        return self.tie is not TraceTie.NAMED

    @property
    def key(self) -> dict[str, Any]:
        """The row's primary key."""
        return {column.name: self.row[column.name] for column in table_called(self.held.table).primary_key}


def table_called(name: str) -> sa.Table:
    """The table of this name."""
    return Base.metadata.tables[name]


def is_json(column: sa.ColumnElement[Any]) -> bool:
    """Whether a column holds JSON, as it is or of a type of ours."""
    kind = column.type
    return isinstance(kind.impl if isinstance(kind, sa.types.TypeDecorator) else kind, sa.JSON)


def as_text(column: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """A column of JSON as the database keeps it; any other as it is."""
    return sa.cast(column, sa.Text) if is_json(column) else column


def find_traces(person: Person) -> list[Trace]:
    """Every row that holds something of the person, in the order of the register."""
    return [trace for held in REGISTER for trace in _in_table(held, person)]


def digest_of(traces: Sequence[Trace]) -> str:
    """What was found, as a page sends it back: another one says that something has changed meanwhile."""
    return digest([[trace.held.table, str(trace.key), trace.tie.value, trace.through] for trace in traces])


def addresses_beside(person: Person, traces: Sequence[Trace]) -> Sequence[str]:
    """The addresses of other accounts that have one of the person's numbers: perhaps they are the same."""
    with_number = ("group_contact", "member_card")
    ids = {trace.row["account_id"] for trace in traces if trace.held.table in with_number and "phone" in trace.through}
    ids -= {person.account.id} if person.account else set()
    return db.session.scalars(sa.select(Account.email).where(Account.id.in_(ids)).order_by(Account.email)).all()


def _in_table(held: Held, person: Person) -> Iterator[Trace]:
    table = table_called(held.table)
    texts = [name for name in held.columns(*_TEXTS) if not _is_account(table.c[name])]
    accounts = [name for name in held.columns(*_ACCOUNTS) if _is_account(table.c[name])]
    found = [_may_say(table.c[name], person) for name in texts]
    if person.account:
        found += [table.c[name] == person.account.id for name in accounts]
    if not found:
        return
    shut = held.shut.split()
    given: list[sa.ColumnElement[Any]] = [
        as_text(column).label(column.name) for column in table.columns if column.name not in shut
    ]
    # A secret key is no way to say which row it is, but the row must be found again.
    given += [column for column in table.primary_key if column.name in shut]
    wanted = sa.select(*given).where(sa.or_(*found)).order_by(*table.primary_key)
    for row in db.session.execute(wanted):
        trace = _trace(held, table, row._asdict(), person)
        if trace:
            yield trace


def _trace(held: Held, table: sa.Table, raw: Mapping[str, Any], person: Person) -> Trace | None:
    """How the row is tied to the person; None where the database's rough look took it for theirs."""
    row = {name: json.loads(value) if value and is_json(table.c[name]) else value for name, value in raw.items()}
    account_id = person.account.id if person.account else None
    reached: list[str] = []
    did: list[str] = []
    named: list[str] = []
    for name in held.columns(*_TEXTS, "by", "decided"):
        value = row.get(name)
        if value is None:
            continue
        if _is_account(table.c[name]):
            if value == account_id:
                (reached if name in held.columns("whose") else did).append(name)
        elif person.is_reached_by(value):
            reached.append(name)
        elif person.is_named_in(value):
            named.append(name)
    through = (*reached, *did, *named)
    if not through:
        return None
    is_theirs = set(reached) & set(held.columns("whose"))
    tie = TraceTie.THEIRS if is_theirs else TraceTie.SAID if reached else TraceTie.DID if did else TraceTie.NAMED
    return Trace(held, row, raw, tie, through)


def _is_account(column: sa.Column[Any]) -> bool:
    is_own = column.table.name == "account" and column.primary_key
    return is_own or any(key.target_fullname == "account.id" for key in column.foreign_keys)


def _may_say(column: sa.Column[Any], person: Person) -> sa.ColumnElement[bool]:
    """Whether the text can hold them, as roughly as SQL can ask. SQLite knows no capitals but A to Z."""
    text, said = as_text(column), (lambda words: json.dumps(words)[1:-1]) if is_json(column) else str
    bare = text
    for sign in " -().–/":
        bare = sa.func.replace(bare, sign, "")
    terms = [text.icontains(said(person.email), autoescape=True)] if person.email else []
    terms += [bare.contains(number) for number in person.numbers]
    for name in person.names:
        for spelt in dict.fromkeys((name, name.title(), name.upper(), name.lower())):
            terms.append(text.icontains(said(spelt), autoescape=True))
    return sa.or_(sa.false(), *terms)
