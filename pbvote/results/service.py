"""The outcome: worked out, drawn where it ties, published and explained. Nothing here commits."""

from collections.abc import Sequence

import sqlalchemy as sa

from pbvote.bids.models import BidState
from pbvote.core.money import format_money
from pbvote.db import db, hold_event
from pbvote.errors import Refusal
from pbvote.events.models import Event, PollState
from pbvote.people.models import Account
from pbvote.results.models import StoredOutcome, Study
from pbvote.results.published import shown_of
from pbvote.tally import BallotRules, Ballots, Election, Outcome, Project, Rule, count, decode_choices, explain
from pbvote.voting.ledger import entries_of, write_entry
from pbvote.voting.models import Counted, LedgerType
from pbvote.voting.service import move_poll

TAKEN_OUT = frozenset({BidState.WITHDRAWN, BidState.REFUSED})


class TieWaits(Refusal):
    """A tie that is settled in the room first."""

    def __init__(self) -> None:
        super().__init__("A tie waits for a draw. Draw it in the room first; then the result can be published.")


class NoSuchTie(Refusal):
    """A draw for bids that don't wait for one."""

    def __init__(self) -> None:
        super().__init__("These bids don't wait for a draw: it may have been taken in already. Look at the outcome.")


def election_of(event: Event, *, with_ballots: bool) -> Election:
    """The event as the tally sees it: bids in running order, the share, and its counted ballots where asked."""
    rules = BallotRules.from_dict(event.share.ballot_rules).within(event.share.share_pence)
    rows = db.session.execute(sa.select(Counted.choices, Counted.voters).where(Counted.event_id == event.id))
    cast = ((decode_choices(rules.kind, text), voters) for text, voters in rows) if with_ballots else ()
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
        ballots=Ballots.of(rules.kind, cast),
        ballot_rules=rules,
    )


def store_outcome(event: Event, election: Election, rule: Rule) -> StoredOutcome:
    """Count by the rule and keep what came out."""
    outcome = count(election, rule)
    voters = election.ballots.voters
    stored = StoredOutcome(event_id=event.id, body=outcome.to_dict(), voters=voters, is_own_rule=True)
    db.session.add(stored)
    db.session.flush()
    return stored


def publish_outcome(event: Event, actor: Account) -> None:
    """Show the outcome to everyone. Raises `OutOfTurn` unless it is sealed and not yet published, `TieWaits`."""
    outcome = outcome_of(event)
    if outcome and outcome.waiting:
        raise TieWaits
    move_poll(event, PollState.SEALED, PollState.PUBLISHED)
    voters = stored.voters if (stored := stored_outcome(event)) else 0
    write_entry(event, LedgerType.PUBLISH, {"shown": shown_of(event, voters).value}, actor)


def draws_of(event: Event) -> list[list[str]]:
    """The orders that were drawn in the room, each a list of references, first drawn first."""
    return [entry.body["order"] for entry in entries_of(event) if entry.type is LedgerType.DRAW]


def draw_tie(event: Event, order: Sequence[str], actor: Account, second: str) -> Outcome:
    """Take in the order that was drawn for the tied bids, and go on with the count; `second` saw it.

    Raises `NoSuchTie` unless just these bids wait for a draw, in a sealed poll that is not published.
    """
    hold_event(event.id, exclusive=True)
    db.session.refresh(event)
    stored, outcome = stored_outcome(event), outcome_of(event)
    is_tied = stored and outcome and sorted(order) == sorted(outcome.waiting)
    if stored is None or not is_tied or event.poll is not PollState.SEALED:
        raise NoSuchTie
    write_entry(event, LedgerType.DRAW, {"order": list(order), "second": second}, actor)
    rule = Rule.from_dict(event.share.count_rule)
    settled = count(election_of(event, with_ballots=True), rule, draws_of(event))
    stored.body = settled.to_dict()
    db.session.execute(sa.delete(Study).where(Study.event_id == event.id))
    db.session.flush()
    return settled


def stored_outcome(event: Event) -> StoredOutcome | None:
    """The outcome as it was stored, where the event is counted."""
    return db.session.get(StoredOutcome, event.id)


def outcome_of(event: Event) -> Outcome | None:
    """The event's outcome, where it is counted."""
    stored = stored_outcome(event)
    return Outcome.from_dict(stored.body) if stored else None


def sentences_of(event: Event, outcome: Outcome) -> dict[str, str]:
    """For each bid's reference, what happened to it and why, in English."""
    currency = event.share.round.currency
    election = election_of(event, with_ballots=False)
    return explain(
        outcome, election, Rule.from_dict(event.share.count_rule), lambda pence: format_money(pence, currency)
    )
