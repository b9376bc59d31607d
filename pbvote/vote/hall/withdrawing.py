"""A group withdraws on the day: one act on bid, running order, screen and ledger. Nothing here commits."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pbvote.call.bids import deciding
from pbvote.call.bids.models import Bid
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.vote.events.models import Event, Slot
from pbvote.vote.events.service import set_running_order
from pbvote.vote.hall.facts import Fact
from pbvote.vote.ledger.records import Names, Record, counted, record
from pbvote.vote.ledger.service import write_entry
from pbvote.vote.poll.turnout import turnout_of
from pbvote.vote.slips.finding import slips_of
from pbvote.vote.stage import turns
from pbvote.vote.stage.models import Scene
from pbvote.vote.stage.service import Press, stage_of


@record
@dataclass(frozen=True, slots=True)
class BidWithdrawn(Record):
    """A bid was withdrawn at the event. Why is told beside the bid, where its group is named."""

    type: ClassVar[str] = "withdraw"
    bid: str
    """Its reference."""

    def told(self, names: Names) -> str:
        """What happened, in a sentence."""
        return f"{names.bids.get(self.bid, self.bid)} was withdrawn"


def withdraw_on_the_day(event: Event, slot: Slot, reason: str, by: Account) -> None:
    """Withdraw the bid of a slot; the caller holds the event.

    Before the opening it leaves the running order. On a ballot that was opened it stays, with every vote for it, and
    gets no money. If its group presents just now, the screen shows a break.
    Raises `AlreadyCounted` and `MovedMeanwhile`.
    """
    bid, stage = slot.bid, stage_of(event)
    deciding.withdraw_bid(bid, by, reason)
    if stage.bid_id == bid.id:
        turns.end_turn(event, Press(stage.version, by.name), Scene.BREAK)
    if event.takes_changes:
        set_running_order(event, [each.bid_id for each in event.running_order if each.bid_id != bid.id])
    write_entry(event, BidWithdrawn(bid.reference), by)


def why_not_withdraw(bid: Bid) -> Refusal | None:
    """Why the bid can't be withdrawn now, if so."""
    return deciding.why_not_take_out(deciding.shares_of(bid)) if bid.is_standing else deciding.MovedMeanwhile()


def facts_before_withdrawing(event: Event, slot: Slot) -> Iterator[Fact]:
    """What becomes of the bid, of its number, and of the ballots that name it."""
    if event.takes_changes:
        yield Fact("Voting is not open. The bid leaves the running order, and later numbers move up by one.")
        if slips_of(event):
            yield Fact("Slips are printed, with the old numbers on their backs. Print new ones for paper.", is_odd=True)
    else:
        ballots = turnout_of(event)
        yield Fact(f"{counted(ballots, 'ballot')} in the box. Nobody can see which of them name this bid.")
        yield Fact("Every ballot stays as it is, and counts for its other bids.")
        yield Fact(f"The bid keeps number {slot.number} on the ballot. Votes for it are counted and published.")
        yield Fact("It gets no money, however many vote for it.")
        if event.takes_votes:
            yield Fact("Anyone who has voted can vote again with the same slip, until voting closes.")
    if len(slot.bid.asks) > 1:
        yield Fact("It asks of several localities, and is withdrawn in all of them.", is_odd=True)
    yield Fact("The group hears of it by e-mail at once. You can’t undo it.")
