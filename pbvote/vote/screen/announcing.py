"""The announcement: what is said of each bid, in the order in which the hall hears it.

Nothing of it leaves the server before the seal, and only for those who announce it.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from pbvote.tally.outcome import Verdict
from pbvote.vote.events.day import AnnouncementOrder
from pbvote.vote.events.models import Event
from pbvote.vote.passes.hands import Hand
from pbvote.vote.programme.entries import Listed, entries_loaded
from pbvote.vote.results.first_look import may_see
from pbvote.vote.results.view import Fate, OutcomeShown, StepShown
from pbvote.vote.stage.scenes import ANNOUNCES


class Said(enum.StrEnum):
    """What the hall hears of a bid."""

    FUNDED = "funded"
    PART = "part"
    """It is offered a part of what it asked for."""
    NOT_FUNDED = "not_funded"
    DRAW = "draw"
    """It waits for a draw in the room, or stands behind one."""
    TAKEN_OUT = "taken_out"


@dataclass(frozen=True)
class Reveal:
    """One bid of the announcement. Amounts are pence; `before` is what bids that rank above it take of the share."""

    entry: Listed
    said: Said
    pence: int
    """What it gets: all that it asked for, or the part that it is offered; 0 where it gets nothing."""
    before: int
    total: int | None
    """Its votes or points; None where so few voted that totals stay hidden."""
    level_with: tuple[str, ...]
    """The titles of the bids with exactly as many, where their order was drawn or fixed beforehand."""
    left: int | None = None
    """What was left of the share at its turn, where it asked for more; None where something else decided."""
    left_after: str = ""
    """Whose turn came before and took the rest; "" where nobody's did, so that all the share was left."""
    smaller: str = ""
    """That a bid which came after it asked for less and fitted, in the tally's words; "" where none did."""


@dataclass(frozen=True)
class Announcement:
    """What is revealed one press at a time."""

    reveals: Sequence[Reveal]
    share_pence: int
    spent_pence: int
    """What the funded bids get, without what is offered in part."""
    voters: int
    counts_votes: bool
    """Whether totals are votes, and not points."""
    waits_for_draw: bool


def announcement_for(hand: Hand) -> Announcement | None:
    """The announcement for whoever may hold it; None for everybody else, and before the seal for all.

    A screen and a compere's phone that were let in hold it beforehand. Somebody with an account is in the ledger first,
    as on the page of the outcome; auditors read the result with everybody.
    """
    event = hand.event
    if event.poll not in ANNOUNCES:
        return None
    may_hold = hand.device is not None or (hand.account is not None and may_see(event, hand.account))
    return announcement_of(event) if may_hold else None


def announcement_of(event: Event) -> Announcement | None:
    """The announcement of an event; None before its seal."""
    shown = OutcomeShown.of(event) if event.poll in ANNOUNCES else None
    if shown is None:
        return None
    entries = {entry.bid.reference: entry for entry in entries_loaded(event)}
    offered = {offer.ref: offer.amount for offer in shown.outcome.offers[:1]}
    titles = {reference: entry.bid.title for reference, entry in entries.items()}
    reveals = [_reveal(step, entries[step.bid.reference], offered, titles, shown) for step in shown.steps]
    return Announcement(
        _in_order(reveals, event.day.announcement),
        event.share.share_pence,
        shown.spent,
        shown.voters,
        shown.counts_votes,
        bool(shown.tied),
    )


def _in_order(reveals: list[Reveal], order: AnnouncementOrder) -> list[Reveal]:
    match order:
        case AnnouncementOrder.BOTTOM_UP:
            return reveals[::-1]
        case AnnouncementOrder.TOP_DOWN:
            return reveals
        case AnnouncementOrder.AS_ON_THE_BALLOT:
            return sorted(reveals, key=lambda reveal: reveal.entry.number)


def _reveal(
    step: StepShown, entry: Listed, offered: dict[str, int], titles: dict[str, str], shown: OutcomeShown
) -> Reveal:
    part = offered.get(step.bid.reference, 0)
    said = _said(step, part)
    return Reveal(
        entry,
        said,
        pence=step.pence if said is Said.FUNDED else part,
        # An offer takes what is left behind all that is funded.
        before=shown.spent if said is Said.PART else step.before,
        total=step.total if shown.shows_totals else None,
        level_with=tuple(titles[reference] for reference in step.step.tied_with) if shown.shows_totals else (),
        left=step.step.left_before if said is Said.NOT_FUNDED and _was_short(step) else None,
        left_after=_left_after(step, shown),
        smaller=shown.smaller_of(step) if said is Said.NOT_FUNDED else "",
    )


def _left_after(step: StepShown, shown: OutcomeShown) -> str:
    """By what the bids that took money before it came first: by more votes or points, where that is so of each of them.

    A rule may look at more than totals, a draw may part equals, and totals that stay hidden are not hinted at.
    """
    earlier = [other for other in shown.steps[: shown.steps.index(step)] if other.fate is Fate.FUNDED]
    if not earlier:
        return ""
    if shown.shows_totals and all(other.total > step.total for other in earlier):
        return f"bids with more {'votes' if shown.counts_votes else 'points'}"
    return "bids that came before it"


def _was_short(step: StepShown) -> bool:
    """Whether the money left here is why, so that a bid with fewer votes and a smaller ask could be funded after it."""
    return step.step.verdict in {Verdict.DOES_NOT_FIT, Verdict.STOPPED} and not step.step.short_in


def _said(step: StepShown, part: int) -> Said:
    if step.step.verdict is Verdict.WITHDRAWN:
        return Said.TAKEN_OUT
    if part:
        return Said.PART
    return {Fate.FUNDED: Said.FUNDED, Fate.WAITS: Said.DRAW, Fate.NOT_FUNDED: Said.NOT_FUNDED}[step.fate]
