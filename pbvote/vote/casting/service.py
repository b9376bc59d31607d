"""Cast a ballot. Nothing here commits.

Everything is read before the lock. Under it one statement writes the one row of a cast, and only where the event is
still as it was seen: `docs/decisions/cast.md` says why that is enough.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext

from pbvote.db import db, insert_into, read_row, table_of
from pbvote.errors import Refusal
from pbvote.filters import hour_in, language
from pbvote.replication import settle
from pbvote.tally import BallotKind, Choices, decode_choices, encode_choices
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.models import LedgerEntry
from pbvote.vote.ledger.service import last_entry
from pbvote.vote.poll.closing import VotingClosed
from pbvote.vote.poll.models import Ballot, RehearsalBallot
from pbvote.vote.poll.paper import Line, Paper
from pbvote.vote.poll.states import PollState
from pbvote.vote.slips.finding import EventSeen, FoundSlip, slip_now


class PollNotOpen(Refusal):
    """Voting has not begun."""

    reason = "not-open"

    def __init__(self) -> None:
        super().__init__(gettext("Voting has not opened yet. Keep your slip: it works as soon as voting opens."))


class PollClosed(Refusal):
    """Voting is over. Anyone who sends a vote now learns that it was not counted; anyone who looks, that it is over.

    After the count nobody can say any more whether the same vote came in before, so then nobody says it did not.
    `has_voted` says that an earlier vote of the slip is in the box.
    """

    def __init__(self, event: Event | EventSeen, *, is_cast: bool, has_voted: bool = False) -> None:
        entry = last_entry(db.session.get_one(Event, event.id), VotingClosed)
        time = hour_in(entry.at, language()) if entry else ""
        was_late = is_cast and event.poll is PollState.CLOSED
        self.reason = "not-counted" if was_late else "closed" if event.poll is PollState.CLOSED else "counted"
        if was_late and has_voted:
            self.reason = "not-replaced"
            said = gettext("Voting closed at %(time)s, before your new choices reached us.", time=time)
        elif was_late:
            said = gettext("Voting closed at %(time)s, before your vote reached us. It was not counted.", time=time)
        else:
            said = gettext("Voting closed at %(time)s.", time=time)
        super().__init__(said)


class PaperChanged(Refusal):
    """The choices were made on another ballot paper."""

    reason = "changed"

    def __init__(self) -> None:
        super().__init__(gettext("The ballot paper has changed. Open it again from your slip."))


class AlreadyVoted(Refusal):
    """The slip's ballot is another version than the one this cast would replace."""

    def __init__(self, version: int) -> None:
        super().__init__(gettext("This slip has already voted. Replace that vote?"))
        self.version = version


@dataclass(frozen=True, slots=True)
class Stored:
    """A ballot as the database holds it."""

    choices: Choices
    version: int

    def marks(self, paper: Paper) -> list[tuple[Line, int]]:
        """The lines that were chosen, as the voter put them: by place where they were ranked, else by number.

        With each the place, the mark or the points; 0 where it was simply chosen.
        """
        choices = self.choices
        if paper.rules.kind is BallotKind.RANKED:
            return [(paper.references[reference], place) for place, reference in enumerate(choices, 1)]
        chosen = [line for line in paper.lines if line.reference in choices]
        return [(line, choices[line.reference] if isinstance(choices, Mapping) else 0) for line in chosen]


def require_takes_votes(slip: FoundSlip, *, is_cast: bool, has_voted: bool = False) -> None:
    """Raise `PollNotOpen` or `PollClosed` unless this slip could vote when it was looked up."""
    if takes_votes(slip):
        return
    if slip.event.poll is PollState.PLANNED:
        raise PollNotOpen
    raise PollClosed(slip.event, is_cast=is_cast, has_voted=has_voted)


def takes_votes(slip: FoundSlip) -> bool:
    """Whether this slip could vote: while the poll is open, and a test slip before the opening as well."""
    return slip.event.poll is PollState.OPEN or (slip.is_test and slip.event.poll is PollState.PLANNED)


def version_of(slip: FoundSlip) -> int:
    """The version of the slip's ballot; 0 where it has not voted."""
    stored = _read(slip)
    return stored.version if stored else 0


def cast_ballot(slip: FoundSlip, paper: Paper, choices: Choices, *, definition: str, seen: int) -> Stored:
    """Store the slip's choices, which must be complete under the paper's rules; the row as the database holds it.

    The event is held together with others who cast (`pbvote.vote.events.holding`). `slip` was looked up before that,
    and `paper` is the one of that moment. `seen` is the version that this cast replaces, 0 for none. A cast that
    arrives again (a retry, a double tap) changes nothing and succeeds. Raises
    `PollNotOpen`, `PollClosed`, `PaperChanged`, `UnknownCode` where the slip was made void meanwhile, and
    `AlreadyVoted` where another version is in. One row is written in one table and no row of a slip is locked.
    """
    text = encode_choices(paper.rules.kind, choices)
    is_of_paper = definition == paper.definition
    _require_time(slip, text, seen, is_of_paper=is_of_paper)
    if not is_of_paper:
        raise PaperChanged
    if stored := _store(slip, text, seen):
        return _as_stored(paper, stored)
    now = slip_now(slip)
    if now.event.entries != slip.event.entries:
        # Something was done at this event since the slip was looked up. Under the lock it can't happen again.
        _require_time(now, text, seen, is_of_paper=True)
        if now.event.opening != slip.event.opening:
            raise PaperChanged
        if stored := _store(now, text, seen):
            return _as_stored(paper, stored)
    stored = _read(now)
    if stored is None or not _is_this(stored, text, seen):
        raise AlreadyVoted(stored.version if stored else 0)
    settle()
    return _as_stored(paper, stored)


def _require_time(slip: FoundSlip, text: str, seen: int, *, is_of_paper: bool) -> None:
    """Raise unless the slip can vote, or this cast is stored.

    Then it came in time and only its answer was lost: "not counted" would be untrue.
    """
    if takes_votes(slip):
        return
    stored = _read(slip)
    if stored is None or not is_of_paper or not _is_this(stored, text, seen):
        require_takes_votes(slip, is_cast=True, has_voted=stored is not None)


def box_of(slip: FoundSlip) -> type[Ballot] | type[RehearsalBallot]:
    """The table that takes the slip's ballot. What test slips say goes where no count looks."""
    return RehearsalBallot if slip.is_test else Ballot


def _store(slip: FoundSlip, text: str, seen: int) -> sa.Row[Any] | None:
    """Store a first ballot, or replace exactly the version that was seen, while the event is as `slip` saw it.

    The choices and the version as the database wrote them; None where the slip has another version, or something was
    done at the event since.
    """
    values = {
        "event": slip.event.id,
        "entries": slip.event.entries,
        "poll": slip.event.poll,
        "tag": slip.ballot_tag,
        "text": text,
        "new": seen + 1,
        "seen": seen,
    }
    if not seen:
        del values["seen"]
    statement = _replacing(box_of(slip)) if seen else _inserting(box_of(slip), db.engine.dialect.name)
    return db.session.execute(statement, values).one_or_none()


@lru_cache(maxsize=8)
def _inserting(box: type[Ballot] | type[RehearsalBallot], _dialect: str) -> sa.UpdateBase:
    table, new = table_of(box), sa.bindparam("new", type_=sa.Integer)
    tag, text = sa.bindparam("tag", type_=sa.LargeBinary), sa.bindparam("text", type_=sa.Text)
    ballot = sa.select(table_of(Event).c.id, tag, text, new).where(_is_as_seen())
    columns = ["event_id", "ballot_tag", "choices", "version"]
    return insert_into(table).from_select(columns, ballot).on_conflict_do_nothing().returning(*_said_of(table))


@lru_cache(maxsize=8)
def _replacing(box: type[Ballot] | type[RehearsalBallot]) -> sa.UpdateBase:
    table = table_of(box)
    is_seen = sa.and_(
        table.c.event_id == sa.bindparam("event"),
        table.c.ballot_tag == sa.bindparam("tag"),
        table.c.version == sa.bindparam("seen"),
        sa.exists(sa.select(table_of(Event).c.id).where(_is_as_seen())),
    )
    new: dict[str, Any] = {"choices": sa.bindparam("text"), "version": sa.bindparam("new")}
    return sa.update(table).where(is_seen).values(new).returning(*_said_of(table))


def _is_as_seen() -> sa.ColumnElement[bool]:
    """Whether the event is as the slip's look-up saw it: neither its poll nor any of its slips has changed since."""
    event, ledger = table_of(Event), table_of(LedgerEntry)
    entries = sa.select(sa.func.coalesce(sa.func.max(ledger.c.seq), 0)).where(ledger.c.event_id == event.c.id)
    return sa.and_(
        event.c.id == sa.bindparam("event"),
        event.c.poll == sa.bindparam("poll"),
        entries.scalar_subquery() == sa.bindparam("entries"),
    )


def _is_this(stored: sa.Row[Any], text: str, seen: int) -> bool:
    """Whether just this cast is stored already: the same choices, in the place of the version that it saw.

    Of another version nothing is said: it would tell whoever holds the code what the slip says now.
    """
    return bool(stored.choices == text and stored.version == seen + 1)


def _said_of(table: sa.Table) -> list[sa.Column[Any]]:
    return [table.c.choices, table.c.version]


def _as_stored(paper: Paper, row: sa.Row[Any]) -> Stored:
    return Stored(decode_choices(paper.rules.kind, row.choices), row.version)


def _read(slip: FoundSlip) -> sa.Row[Any] | None:
    return read_row(_reading(box_of(slip)), {"event": slip.event.id, "tag": slip.ballot_tag})


@lru_cache(maxsize=8)
def _reading(box: type[Ballot] | type[RehearsalBallot]) -> sa.Select[Any]:
    table = table_of(box)
    is_of_slip = sa.and_(table.c.event_id == sa.bindparam("event"), table.c.ballot_tag == sa.bindparam("tag"))
    return sa.select(*_said_of(table)).where(is_of_slip)
