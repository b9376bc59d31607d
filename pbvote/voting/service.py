"""Cast a ballot, and open and close the poll. Nothing here commits."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext

from pbvote.acts.service import withdraw_waiting
from pbvote.core.clock import UK
from pbvote.db import db, hold_event, insert_if_absent
from pbvote.errors import Refusal
from pbvote.events.models import Event, PollState
from pbvote.people.models import Account
from pbvote.tally import Choices, decode_choices, encode_choices
from pbvote.voting.ledger import last_entry, write_entry
from pbvote.voting.models import Ballot, Code, CodeState, LedgerType, RehearsalBallot
from pbvote.voting.paper import Paper
from pbvote.voting.slips import Slip, UnknownCode, require_good


class PollNotOpen(Refusal):
    """Voting has not begun."""

    reason = "not-open"

    def __init__(self) -> None:
        super().__init__(gettext("Voting has not opened yet. Keep your slip: it works as soon as voting opens."))


class PollClosed(Refusal):
    """Voting is over. Who sends a vote now learns that it was not counted; who only looks, that voting has closed.

    After the count nobody can say any more whether the same vote came in before, so then nobody says it did not.
    """

    def __init__(self, event: Event, *, is_cast: bool) -> None:
        entry = last_entry(event, LedgerType.CLOSE)
        time = entry.at.astimezone(UK).strftime("%H:%M") if entry else ""
        was_late = is_cast and event.poll is PollState.CLOSED
        self.reason = "not-counted" if was_late else "closed"
        if was_late:
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


class NothingToVoteOn(Refusal):
    """An event whose running order is empty."""

    def __init__(self) -> None:
        super().__init__("There is no bid in the running order yet, so voting can't open.")


class BallotImpossible(Refusal):
    """A ballot that asks for more bids than there are."""

    def __init__(self, needed: int, present: int) -> None:
        super().__init__(
            f"Residents must choose {needed} bids or more, and the running order has {present}. No ballot could be "
            "complete, so voting can't open."
        )


class OutOfTurn(Refusal):
    """The poll is not in the state that this step starts from."""

    def __init__(self) -> None:
        super().__init__("The poll is not at that step: somebody may have moved it on. Look at the event again.")


class NotDurable(Refusal):
    """A database that would acknowledge a vote before it is safe."""

    status = 503

    def __init__(self) -> None:
        super().__init__("The database is set to forget votes at a power cut (synchronous_commit). Voting can't open.")


@dataclass(frozen=True, slots=True)
class Stored:
    """A ballot as the database holds it."""

    choices: Choices
    version: int


def require_takes_votes(slip: Slip, *, is_cast: bool) -> None:
    """Raise `PollNotOpen` or `PollClosed` unless this slip can vote now."""
    if takes_votes(slip):
        return
    if slip.event.poll is PollState.PLANNED:
        raise PollNotOpen
    raise PollClosed(slip.event, is_cast=is_cast)


def takes_votes(slip: Slip) -> bool:
    """Whether this slip can vote now: while the poll is open, and a test slip before the opening as well."""
    return slip.event.poll is PollState.OPEN or (slip.is_test and slip.event.poll is PollState.PLANNED)


def version_of(slip: Slip) -> int:
    """The version of the slip's ballot; 0 where it has not voted."""
    box = box_of(slip)
    return db.session.scalar(sa.select(box.version).where(_is_of(slip, box))) or 0


def box_of(slip: Slip) -> type[Ballot] | type[RehearsalBallot]:
    """The table that takes the slip's ballot. What test slips say goes where no count looks."""
    return RehearsalBallot if slip.is_test else Ballot


def _is_of(slip: Slip, box: type[Ballot] | type[RehearsalBallot]) -> sa.ColumnElement[bool]:
    return sa.and_(box.event_id == slip.event.id, box.ballot_tag == slip.ballot_tag)


def cast_ballot(slip: Slip, paper: Paper, choices: Choices, *, definition: str, seen: int) -> None:
    """Store the slip's choices, which must be complete under the paper's rules.

    `seen` is the version that this cast replaces, 0 for none. A cast that arrives again (a retry, a double tap) changes
    nothing and succeeds. Raises `PollNotOpen`, `PollClosed`, `PaperChanged`, and `AlreadyVoted` where another version
    is in. One row is written in one table and no row of a slip is locked.
    """
    hold_event(slip.event.id, exclusive=False)
    db.session.refresh(slip.event)
    require_good(slip)
    text = encode_choices(paper.rules.kind, choices)
    if not takes_votes(slip) and _is_stored(slip, text, seen):
        return  # it came in time and only its answer was lost: "not counted" would be untrue
    require_takes_votes(slip, is_cast=True)
    if definition != paper.definition:
        raise PaperChanged
    if not (_replace(slip, text, seen) if seen else _insert(slip, text)) and not _is_stored(slip, text, seen):
        raise AlreadyVoted(version_of(slip))


def _insert(slip: Slip, text: str) -> bool:
    """Store a first ballot; False where the slip has one already."""
    box = box_of(slip)
    values = {"event_id": slip.event.id, "ballot_tag": slip.ballot_tag, "choices": text, "version": 1}
    return db.session.scalar(insert_if_absent(box, values).returning(box.version)) is not None


def _replace(slip: Slip, text: str, seen: int) -> bool:
    """Replace exactly the version that was seen; False where another is in."""
    box = box_of(slip)
    statement = sa.update(box).where(_is_of(slip, box), box.version == seen)
    return db.session.scalar(statement.values(choices=text, version=seen + 1).returning(box.version)) is not None


def _is_stored(slip: Slip, text: str, seen: int) -> bool:
    """Whether just this cast is stored already: the same choices, in the place of the version that it saw.

    Of another version nothing is said: it would tell whoever holds the code what the slip says now.
    """
    stored = _read(slip)
    return stored is not None and stored.choices == text and stored.version == seen + 1


def _read(slip: Slip) -> sa.Row[str, int] | None:
    box = box_of(slip)
    return db.session.execute(sa.select(box.choices, box.version).where(_is_of(slip, box))).one_or_none()


def stored_ballot(slip: Slip, paper: Paper) -> Stored:
    """What is stored for the slip, read after the commit: the answer to the voter, shown once.

    Raises `UnknownCode` where the slip was made void, and its ballot taken out, in between.
    """
    row = _read(slip)
    if row is None:
        raise UnknownCode
    return Stored(decode_choices(paper.rules.kind, row.choices), row.version)


def ballots_in(event: Event) -> int:
    """The turnout so far."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(Ballot).where(Ballot.event_id == event.id)) or 0


def rehearsed_in(event: Event) -> int:
    """How many test slips have voted."""
    wanted = sa.select(sa.func.count()).select_from(RehearsalBallot).where(RehearsalBallot.event_id == event.id)
    return db.session.scalar(wanted) or 0


def slips_of(event: Event) -> dict[CodeState, int]:
    """How many slips there are in each state."""
    grouped = (
        sa.select(Code.state, sa.func.count().label("number")).where(Code.event_id == event.id).group_by(Code.state)
    )
    return {row.state: row.number for row in db.session.execute(grouped)}


def open_poll(event: Event, actor: Account) -> None:
    """Open the poll on an empty box. Raises `NothingToVoteOn`, `BallotImpossible`, `NotDurable`, `OutOfTurn`."""
    hold_event(event.id, exclusive=True)
    db.session.refresh(event)
    paper = Paper.of(event)
    if not paper.lines:
        raise NothingToVoteOn
    if paper.rules.min_choices > len(paper.lines):
        raise BallotImpossible(paper.rules.min_choices, len(paper.lines))
    _require_durable()
    move_poll(event, PollState.PLANNED, PollState.OPEN)
    event.share.has_opened = True
    body = {"ballots": ballots_in(event), "definition": paper.definition}
    write_entry(event, LedgerType.OPEN, body, actor)


def close_poll(event: Event, actor: Account) -> None:
    """Close the poll: every vote that was acknowledged is in, and no other. Raises `OutOfTurn`."""
    move_poll(event, PollState.OPEN, PollState.CLOSED)
    write_entry(event, LedgerType.CLOSE, {"ballots": ballots_in(event)}, actor)


def reopen_poll(event: Event, actor: Account, second: str, reason: str) -> None:
    """Open a closed poll again, before its count. Two people do it: `second` confirmed. Raises `OutOfTurn`."""
    move_poll(event, PollState.CLOSED, PollState.OPEN)
    write_entry(event, LedgerType.REOPEN, {"ballots": ballots_in(event), "reason": reason, "second": second}, actor)


def require_closed(event: Event) -> None:
    """Raise `OutOfTurn` unless voting has closed and the ballots are not counted."""
    if event.poll is not PollState.CLOSED:
        raise OutOfTurn


def move_poll(event: Event, start: PollState, end: PollState) -> None:
    """Claim the poll's next state under the event's exclusive lock. Raises `OutOfTurn`.

    What still waits for a second person was asked of another state, and is taken back.
    """
    hold_event(event.id, exclusive=True)
    claim = sa.update(Event).where(Event.id == event.id, Event.poll == start).values(poll=end)
    if db.session.scalar(claim.returning(Event.id)) is None:
        raise OutOfTurn
    withdraw_waiting(event)
    db.session.refresh(event)


def _require_durable() -> None:
    """PostgreSQL must flush every commit. (SQLite's own setting is made at each connection.)"""
    if db.engine.dialect.name == "postgresql":
        setting = db.session.scalar(sa.text("SELECT current_setting('synchronous_commit')"))
        if setting not in {"on", "remote_apply", "remote_write"}:
            raise NotDurable
