"""Key a paper ballot, read it back, and confirm it. Nothing here commits.

Everybody here holds the event shared and reads its state after that: the close, the count and the voiding of a slip
hold it exclusively. Each act is one conditional statement on one row of one table.
"""

import sqlalchemy as sa

from pbvote.db import db, insert_if_absent
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.paper_entry.pile import SAYS, Entry, OnPaper, entry_numbered, tag_of
from pbvote.vote.poll.models import PaperEntry
from pbvote.vote.poll.states import TAKES_PAPER, PollState
from pbvote.vote.slips.finding import EventSeen, FoundSlip, require_good, slip_with
from pbvote.vote.slips.models import SlipState

SHOWN = (SlipState.LIVE, SlipState.TEST, SlipState.SPARE)
"""Slips of which the desk says more than that they are unknown."""


class NotTheTime(Refusal):
    """Papers are keyed from the opening until the count."""

    def __init__(self, poll: PollState) -> None:
        if poll is PollState.PLANNED:
            super().__init__("Voting has not opened yet. You can key paper ballots after it opens.")
        else:
            super().__init__("The votes are counted, so nothing can be changed about paper ballots any more.")


class WrongEvent(Refusal):
    """A slip of another event."""

    status = 422

    def __init__(self, event: EventSeen) -> None:
        super().__init__(f"This is a slip of {event.name}. Hand it over there.")


class ForRehearsal(Refusal):
    """A test slip."""

    status = 422

    def __init__(self) -> None:
        super().__init__("This slip is for the rehearsal and never counts.")


class NeverOpened(Refusal):
    """A spare slip."""

    status = 422

    def __init__(self, serial: str) -> None:
        super().__init__(f"Slip {serial} can’t vote: its envelope was never opened.")


class AlreadyKeyed(Refusal):
    """Somebody keyed this paper before."""

    def __init__(self, entry: Entry, actor: Account) -> None:
        by = "you" if entry.keyed_by == actor.id else entry.keyed_name
        if entry.confirmed_by:
            said = f"{entry.serial} was keyed by {entry.keyed_name} and confirmed by {entry.confirmed_name}."
        else:
            said = f"{entry.serial} was keyed by {by} already. It waits to be read back."
        super().__init__(said)


class NotKeyed(Refusal):
    """There is nothing to read back."""

    status = 422

    def __init__(self, serial: str) -> None:
        super().__init__(f"{serial} is not keyed yet, or was sent back. Key it first.")


class KeyedItYourself(Refusal):
    """One person can't be two."""

    def __init__(self) -> None:
        super().__init__("You keyed this paper yourself. Another organiser must read it back.")


class ChangedMeanwhile(Refusal):
    """The entry is no longer what the page showed."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was changed: somebody has confirmed this paper, sent it back or keyed it again since you opened "
            "it. Look at the paper once more."
        )


def require_paper_time(event: Event) -> None:
    """Raise `NotTheTime` unless the poll is open, or closed and not counted."""
    if event.poll not in TAKES_PAPER:
        raise NotTheTime(event.poll)


def hold_for_paper(event: Event) -> None:
    """Keep the event from being closed, counted or opened again until the commit. Raises `NotTheTime`."""
    hold(event, is_shared=True)
    require_paper_time(event)


def slip_on_paper(event: Event, typed: str) -> FoundSlip:
    """The event's live slip with this code.

    Raises `WrongEvent`, `ForRehearsal`, `NeverOpened`; `UnknownCode` alike for one that nobody issued and a void one.
    """
    slip = slip_with(typed, SHOWN)
    if slip.event.id != event.id:
        raise WrongEvent(slip.event)
    if slip.is_test:
        raise ForRehearsal
    if slip.state is SlipState.SPARE:
        raise NeverOpened(slip.serial)
    return slip


def _event_of(slip: FoundSlip) -> Event:
    return db.session.get_one(Event, slip.event.id)


def require_not_keyed(slip: FoundSlip, actor: Account) -> None:
    """Raise `AlreadyKeyed`, which says by whom."""
    if entry := entry_numbered(_event_of(slip), slip.serial):
        raise AlreadyKeyed(entry, actor)


def key_paper(slip: FoundSlip, says: OnPaper, actor: Account) -> None:
    """Store what a paper says; it waits for a second person. The same sent again by the same person changes nothing.

    Whether the choices are complete the form has asked the tally. Of two who key one paper at once, the second gets
    `AlreadyKeyed`. Raises `NotTheTime`, and `UnknownCode` where the slip was made void meanwhile.
    """
    event = _event_of(slip)
    hold_for_paper(event)
    require_good(slip)
    values = {
        "event_id": event.id,
        "ballot_tag": slip.ballot_tag,
        "choices": says.choices,
        "spoilt": says.spoilt,
        "keyed_by": actor.id,
    }
    if db.session.scalar(insert_if_absent(PaperEntry, values).returning(PaperEntry.keyed_by)) is not None:
        return
    entry = entry_numbered(event, slip.serial)
    if entry is None:
        raise ChangedMeanwhile
    if (entry.keyed_by, entry.says, entry.confirmed_by) != (actor.id, says, None):
        raise AlreadyKeyed(entry, actor)


def confirm_paper(event: Event, serial: str, seen: str, actor: Account) -> None:
    """Confirm a paper as its second person; `seen` is what the page showed, as `OnPaper.text`.

    Raises `KeyedItYourself`, `NotTheTime`, and `ChangedMeanwhile` where the entry is another or no longer waits.
    """
    hold_for_paper(event)
    entry = entry_numbered(event, serial)
    if entry and entry.keyed_by == actor.id:
        raise KeyedItYourself
    claim = sa.update(PaperEntry).where(waits(event, serial, seen), PaperEntry.keyed_by != actor.id)
    if db.session.scalar(claim.values(confirmed_by=actor.id).returning(PaperEntry.keyed_by)) is None:
        raise ChangedMeanwhile


def _is_of(event: Event, serial: str) -> sa.ColumnElement[bool]:
    return sa.and_(PaperEntry.event_id == event.id, PaperEntry.ballot_tag == tag_of(event, serial))


def waits(event: Event, serial: str, seen: str) -> sa.ColumnElement[bool]:
    """Whether an entry is the one of this slip, waits to be read back, and says what was seen."""
    return sa.and_(_is_of(event, serial), PaperEntry.confirmed_by.is_(None), SAYS.is_not_distinct_from(seen))
