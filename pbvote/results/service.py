"""Count the ballots, and publish the outcome. Nothing here commits."""

from hashlib import sha256

import sqlalchemy as sa

from pbvote.bids.models import BidState
from pbvote.core.money import format_money
from pbvote.db import db
from pbvote.events.models import Event, PollState
from pbvote.people.models import Account
from pbvote.results.models import StoredOutcome
from pbvote.tally import BallotRules, Ballots, Bid, Election, Outcome, Rule, count, decode_choices, explain
from pbvote.voting.ledger import write_entry
from pbvote.voting.models import Ballot, Counted, LedgerType, PaperEntry
from pbvote.voting.service import move_poll

FEWEST_TO_SHOW_TOTALS = 5
"""With fewer voters, totals would tell how somebody voted: the awards alone are shown."""


TAKEN_OUT = frozenset({BidState.WITHDRAWN, BidState.REFUSED})


def election_of(event: Event, *, with_ballots: bool) -> Election:
    """The event as the tally sees it: bids in running order, the share, and its counted ballots where asked."""
    rules = BallotRules.from_dict(event.share.ballot_rules)
    rows = db.session.execute(sa.select(Counted.choices, Counted.voters).where(Counted.event_id == event.id))
    cast = ((decode_choices(rules.kind, text), voters) for text, voters in rows) if with_ballots else ()
    return Election(
        bids=tuple(
            Bid(
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


def count_poll(event: Event, actor: Account) -> None:
    """Turn the ballots into totals and totals into the outcome, in one transaction.

    The ballots move into `counted`, grouped and without their tags, and the box is emptied. Raises `OutOfTurn` unless
    the poll is closed and not yet counted.
    """
    move_poll(event, PollState.CLOSED, PollState.COUNTED)
    event.share.is_counted = True
    db.session.flush()
    grouped = sa.select(Ballot.event_id, Ballot.choices, sa.func.count())
    grouped = grouped.where(Ballot.event_id == event.id).group_by(Ballot.event_id, Ballot.choices)
    db.session.execute(sa.insert(Counted).from_select(["event_id", "choices", "voters"], grouped))
    db.session.execute(sa.delete(Ballot).where(Ballot.event_id == event.id))
    db.session.execute(sa.delete(PaperEntry).where(PaperEntry.event_id == event.id))
    election = election_of(event, with_ballots=True)
    store_outcome(event, election, Rule.from_dict(event.share.count_rule))
    text = "".join(f"{choices} {voters}\n" for choices, voters in election.ballots.texts())
    body = {"ballots": election.ballots.voters, "counted": sha256(text.encode()).hexdigest()}
    write_entry(event, LedgerType.COUNT, body, actor)


def store_outcome(event: Event, election: Election, rule: Rule) -> StoredOutcome:
    """Count by the rule and keep what came out."""
    outcome = count(election, rule)
    voters = election.ballots.voters
    stored = StoredOutcome(event_id=event.id, body=outcome.to_dict(), voters=voters, is_own_rule=True)
    db.session.add(stored)
    db.session.flush()
    return stored


def publish_outcome(event: Event, actor: Account) -> None:
    """Show the outcome to everyone. Raises `OutOfTurn` unless it is counted and not yet published."""
    move_poll(event, PollState.COUNTED, PollState.PUBLISHED)
    write_entry(event, LedgerType.PUBLISH, {"published": "awards"}, actor)


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
