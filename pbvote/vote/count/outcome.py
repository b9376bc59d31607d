"""The outcome: worked out, and drawn where it ties. Nothing here commits."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import Bid, BidState
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.streaming import many_rows
from pbvote.tally import BallotKind, Ballots, Election, Outcome, Project, Rule, count, decode_choices
from pbvote.tally.ballots import Ballot, Mark, ballot_of
from pbvote.vote.count.models import StoredOutcome, Study
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event, Slot
from pbvote.vote.ledger.records import Names, Record, confirmed_by, record
from pbvote.vote.ledger.service import records_of, write_entry
from pbvote.vote.poll.states import AWAITS_PUBLICATION

TAKEN_OUT = frozenset({BidState.WITHDRAWN, BidState.REFUSED})


class NoSuchTie(Refusal):
    """A draw for bids that don't wait for one."""

    def __init__(self) -> None:
        super().__init__("These bids don’t wait for a draw: it may have been taken in already. Look at the outcome.")


@record
@dataclass(frozen=True, slots=True)
class TieDrawn(Record):
    """The order in which tied bids were drawn in the room: references, first drawn first."""

    type: ClassVar[str] = "draw"
    order: tuple[str, ...]
    second: str

    def told(self, names: Names) -> str:
        """What happened, in a sentence."""
        drawn = "; ".join(names.bids.get(reference, reference) for reference in self.order)
        return f"A tie was drawn, in this order: {drawn}{confirmed_by(self.second, names)}"


def election_of(event: Event, *, with_ballots: bool) -> Election:
    """The event as the tally sees it: bids in running order, the share, and its counted ballots where asked."""
    return election_with(event, totals_of(event) if with_ballots else ())


def totals_of(event: Event) -> Iterator[tuple[str, int]]:
    """The counted ballots: each distinct text and its voters, in no order."""
    rows = many_rows("SELECT choices, voters FROM counted WHERE event_id = :event", event=event.id)
    return ((text, voters) for text, voters in rows)


def election_with(event: Event, totals: Iterable[tuple[str, int]]) -> Election:
    """The event as the tally sees it, with these texts of ballots and their voters."""
    rules = event.share.ballot_rules.within(event.share.share_pence)
    return Election(
        bids=tuple(
            Project(
                slot.bid.reference,
                slot.bid.ask_of(event.share.locality_id),
                slot.bid.title,
                # On a ballot that was opened it stays, whoever took it out, and gets no money.
                is_withdrawn=slot.bid.state in TAKEN_OUT,
            )
            for slot in event.running_order
        ),
        share=event.share.share_pence,
        ballots=_ballots(rules.kind, totals),
        ballot_rules=rules,
    )


def _ballots(kind: BallotKind, totals: Iterable[tuple[str, int]]) -> Ballots:
    """Ballots that share their marks: a million different ones are made of a few dozen marks."""
    shared: dict[Mark, Mark] = {}
    groups: dict[Ballot, int] = {}
    for text, voters in totals:
        ballot = tuple(shared.setdefault(mark, mark) for mark in ballot_of(kind, decode_choices(kind, text)))
        groups[ballot] = groups.get(ballot, 0) + voters
    return Ballots(kind, groups)


def store_outcome(event: Event, election: Election, rule: Rule) -> StoredOutcome:
    """Count by the rule and keep what came out."""
    return keep_outcome(event, count(election, rule), election.ballots.voters)


def keep_outcome(event: Event, outcome: Outcome, voters: int) -> StoredOutcome:
    """Keep what came out of a count."""
    stored = StoredOutcome(event_id=event.id, body=outcome, voters=voters, is_own_rule=True)
    db.session.add(stored)
    db.session.flush()
    return stored


def draws_of(event: Event) -> list[list[str]]:
    """The orders that were drawn in the room, each a list of references, first drawn first."""
    return [list(drawn.order) for drawn in records_of(event, TieDrawn)]


def draw_tie(event: Event, order: Sequence[str], actor: Account, second: str) -> Outcome:
    """Enter the order that was drawn for the tied bids, and go on with the count; `second` saw it.

    Raises `NoSuchTie` unless just these bids wait for a draw, in a sealed poll that is not published.
    """
    hold(event)
    stored, outcome = stored_outcome(event), outcome_of(event)
    is_tied = stored and outcome and sorted(order) == sorted(outcome.waiting)
    if stored is None or not is_tied or event.poll not in AWAITS_PUBLICATION:
        raise NoSuchTie
    write_entry(event, TieDrawn(tuple(order), second), actor)
    rule = event.share.count_rule
    settled = count(election_of(event, with_ballots=True), rule, draws_of(event))
    stored.body = settled
    db.session.execute(sa.delete(Study).where(Study.event_id == event.id))
    db.session.flush()
    return settled


def stored_outcome(event: Event) -> StoredOutcome | None:
    """The outcome as it was stored, where the event is counted."""
    return db.session.get(StoredOutcome, event.id)


def outcome_of(event: Event) -> Outcome | None:
    """The event's outcome, where it is counted."""
    stored = stored_outcome(event)
    return stored.body if stored else None


def outcomes_of(events: Iterable[Event]) -> dict[int, Outcome]:
    """The outcomes of these events, by event; one that is not counted is left out."""
    wanted = sa.select(StoredOutcome).where(StoredOutcome.event_id.in_([event.id for event in events]))
    return {stored.event_id: stored.body for stored in db.session.scalars(wanted)}


def taken_out(event: Event) -> list[Slot]:
    """The places in the running order whose bids get nothing, whatever the votes say."""
    wanted = sa.select(Slot).join(Slot.bid).where(Slot.event_id == event.id, Bid.state.in_(TAKEN_OUT))
    bid = orm.joinedload(Slot.bid, innerjoin=True).lazyload(Bid.asks)
    return list(db.session.scalars(wanted.order_by(Slot.number).options(bid)))


def places_by_reference(event: Event) -> dict[str, Slot]:
    """The bids' places in the running order, by reference."""
    return {slot.bid.reference: slot for slot in event.running_order}


def require_tied(event: Event) -> list[Slot]:
    """The places of the bids that wait for a draw in the room, in the order of the outcome's list.

    Raises `NoSuchTie` where none wait, or the poll is not sealed, or is published.
    """
    outcome = outcome_of(event)
    if not outcome or not outcome.waiting or event.poll not in AWAITS_PUBLICATION:
        raise NoSuchTie
    places = places_by_reference(event)
    return [places[reference] for reference in outcome.waiting]
