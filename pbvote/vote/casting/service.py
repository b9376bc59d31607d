"""Cast a ballot, and open and close the poll. Nothing here commits."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext

from pbvote.core.clock import UK
from pbvote.db import db, insert_if_absent
from pbvote.errors import Refusal
from pbvote.tally import Choices, decode_choices, encode_choices
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.service import last_entry
from pbvote.vote.poll.closing import VotingClosed
from pbvote.vote.poll.models import Ballot, RehearsalBallot
from pbvote.vote.poll.paper import Paper
from pbvote.vote.poll.states import PollState
from pbvote.vote.slips.finding import FoundSlip, UnknownCode, require_good


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
        entry = last_entry(event, VotingClosed)
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


@dataclass(frozen=True, slots=True)
class Stored:
    """A ballot as the database holds it."""

    choices: Choices
    version: int


def require_takes_votes(slip: FoundSlip, *, is_cast: bool) -> None:
    """Raise `PollNotOpen` or `PollClosed` unless this slip can vote now."""
    if takes_votes(slip):
        return
    if slip.event.poll is PollState.PLANNED:
        raise PollNotOpen
    raise PollClosed(slip.event, is_cast=is_cast)


def takes_votes(slip: FoundSlip) -> bool:
    """Whether this slip can vote now: while the poll is open, and a test slip before the opening as well."""
    return slip.event.poll is PollState.OPEN or (slip.is_test and slip.event.poll is PollState.PLANNED)


def version_of(slip: FoundSlip) -> int:
    """The version of the slip's ballot; 0 where it has not voted."""
    box = box_of(slip)
    return db.session.scalar(sa.select(box.version).where(_is_of(slip, box))) or 0


def box_of(slip: FoundSlip) -> type[Ballot] | type[RehearsalBallot]:
    """The table that takes the slip's ballot. What test slips say goes where no count looks."""
    return RehearsalBallot if slip.is_test else Ballot


def _is_of(slip: FoundSlip, box: type[Ballot] | type[RehearsalBallot]) -> sa.ColumnElement[bool]:
    return sa.and_(box.event_id == slip.event.id, box.ballot_tag == slip.ballot_tag)


def cast_ballot(slip: FoundSlip, paper: Paper, choices: Choices, *, definition: str, seen: int) -> None:
    """Store the slip's choices, which must be complete under the paper's rules.

    `seen` is the version that this cast replaces, 0 for none. A cast that arrives again (a retry, a double tap) changes
    nothing and succeeds. Raises `PollNotOpen`, `PollClosed`, `PaperChanged`, and `AlreadyVoted` where another version
    is in. One row is written in one table and no row of a slip is locked.
    """
    hold(slip.event, is_shared=True)
    require_good(slip)
    text = encode_choices(paper.rules.kind, choices)
    if not takes_votes(slip) and _is_stored(slip, text, seen):
        return  # it came in time and only its answer was lost: "not counted" would be untrue
    require_takes_votes(slip, is_cast=True)
    if definition != paper.definition:
        raise PaperChanged
    if not (_replace(slip, text, seen) if seen else _insert(slip, text)) and not _is_stored(slip, text, seen):
        raise AlreadyVoted(version_of(slip))


def _insert(slip: FoundSlip, text: str) -> bool:
    """Store a first ballot; False where the slip has one already."""
    box = box_of(slip)
    values = {"event_id": slip.event.id, "ballot_tag": slip.ballot_tag, "choices": text, "version": 1}
    return db.session.scalar(insert_if_absent(box, values).returning(box.version)) is not None


def _replace(slip: FoundSlip, text: str, seen: int) -> bool:
    """Replace exactly the version that was seen; False where another is in."""
    box = box_of(slip)
    statement = sa.update(box).where(_is_of(slip, box), box.version == seen)
    return db.session.scalar(statement.values(choices=text, version=seen + 1).returning(box.version)) is not None


def _is_stored(slip: FoundSlip, text: str, seen: int) -> bool:
    """Whether just this cast is stored already: the same choices, in the place of the version that it saw.

    Of another version nothing is said: it would tell whoever holds the code what the slip says now.
    """
    stored = _read(slip)
    return stored is not None and stored.choices == text and stored.version == seen + 1


def _read(slip: FoundSlip) -> sa.Row[str, int] | None:
    box = box_of(slip)
    return db.session.execute(sa.select(box.choices, box.version).where(_is_of(slip, box))).one_or_none()


def stored_ballot(slip: FoundSlip, paper: Paper) -> Stored:
    """What is stored for the slip, read after the commit: the answer to the voter, shown once.

    Raises `UnknownCode` where the slip was made void in between: its ballot does not count.
    """
    require_good(slip)
    row = _read(slip)
    if row is None:
        raise UnknownCode
    return Stored(decode_choices(paper.rules.kind, row.choices), row.version)
