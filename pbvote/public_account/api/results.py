"""Results for programs: of each published one what its page and its table of bids say, and before that nothing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from pbvote.addresses import result_page
from pbvote.db import db
from pbvote.public_account.api.collections import SLUG_PART, Asked, Collection, Moment, of_slug
from pbvote.vote.audit.data import BECAME
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.models import LedgerEntry
from pbvote.vote.results.feed import published_results
from pbvote.vote.results.view import OutcomeShown, StepShown, outcomes_shown


@dataclass(frozen=True, slots=True)
class CountedBidRow:
    """A bid in a result."""

    bid: Annotated[str, Meta(description="The id of the bid.")]
    number: Annotated[int, Meta(description="Its number on the ballot.")]
    group: Annotated[str, Meta(description="Who asked.")]
    title: Annotated[str, Meta(description="What the group called its project.")]
    asked_pence: Annotated[int, Meta(description="What it asked of the locality’s share, in pence.")]
    total: Annotated[
        int | None,
        Meta(description="Its votes or points, all together; null where so few voted that it would tell how."),
    ]
    became: Annotated[str | None, Meta(description="What happened when its turn came in the count; null likewise.")]
    is_funded: Annotated[bool, Meta(description="Whether the count chose it. The council awards after that.")]

    @classmethod
    def of(cls, step: StepShown, shown: OutcomeShown) -> "CountedBidRow":
        """This bid of the outcome."""
        return cls(
            bid=f"{shown.event.share.round.slug}.{step.bid.reference}",
            number=step.number,
            group=step.group,
            title=step.bid.title,
            asked_pence=step.pence,
            total=step.total if shown.shows_totals else None,
            became=BECAME[step.step.verdict] if shown.shows_totals else None,
            is_funded=step.is_funded,
        )


@dataclass(frozen=True, slots=True)
class ResultRow:
    """The published result of an event."""

    id: Annotated[str, Meta(description="What the event is called in addresses.")]
    round: Annotated[str, Meta(description="The id of the round.")]
    locality: Annotated[str, Meta(description="The locality, as addresses call it.")]
    locality_name: Annotated[str, Meta(description="The same by its name.")]
    event: Annotated[str, Meta(description="What the event is called.")]
    place: Annotated[str, Meta(description="Where it was.")]
    page: Annotated[str, Meta(description="The page for people, with every step explained.")]
    began_at: Annotated[Moment, Meta(description="When people began to vote.")]
    ended_at: Annotated[Moment, Meta(description="When they ended.")]
    chosen_by: Annotated[str, Meta(description="Who chose: “residents” by a vote, or “members” of the partnership.")]
    ballot: Annotated[str, Meta(description="The kind of ballot, like “score” or “approval”.")]
    count_rule: Annotated[str, Meta(description="How votes became awards, by its name in Pabulib, like “greedy”.")]
    counts: Annotated[str, Meta(description="What the totals count: “votes” or “points”.")]
    voters: Annotated[int, Meta(description="How many slips voted and were counted, or how many members chose.")]
    share_pence: Annotated[int, Meta(description="What the locality could give away, in pence.")]
    funded_pence: Annotated[int, Meta(description="What the funded bids asked for together, in pence.")]
    left_pence: Annotated[int, Meta(description="What the count left of the share, in pence.")]
    bids: Annotated[list[CountedBidRow], Meta(description="Every bid on the ballot, by its number.")]
    published_at: Annotated[Moment, Meta(description="When everybody could read it.")]
    changed_at: Annotated[Moment, Meta(description="The same: a published result stays as it is.")]

    @classmethod
    def of(cls, shown: OutcomeShown, published_at: dt.datetime) -> "ResultRow":
        """This outcome, which is public since then."""
        event, share = shown.event, shown.event.share
        return cls(
            id=event.slug,
            round=share.round.slug,
            locality=share.locality.slug,
            locality_name=share.locality.name,
            event=event.name,
            place=event.place,
            page=result_page(event.slug),
            began_at=event.began_at,
            ended_at=event.ended_at,
            chosen_by="members" if event.is_chosen_by_members else "residents",
            ballot=share.ballot_rules.kind.value,
            count_rule=share.rule_kind.name,
            counts="votes" if shown.counts_votes else "points",
            voters=shown.voters,
            share_pence=share.share_pence,
            funded_pence=shown.spent,
            left_pence=shown.left,
            bids=[CountedBidRow.of(step, shown) for step in sorted(shown.steps, key=lambda step: step.number)],
            published_at=published_at,
            changed_at=published_at,
        )


def _find(asked: Asked) -> Sequence[ResultRow]:
    """In three statements."""
    wanted = published_results()
    if asked.since:
        wanted = wanted.where(LedgerEntry.at >= asked.since)
    found = db.session.execute(asked.narrow(wanted, [Event.slug], of_slug)).all()
    shown = outcomes_shown([event for event, _ in found])
    return [ResultRow.of(shown[event.id], at) for event, at in found if event.id in shown]


RESULTS = Collection(
    name="results",
    row=ResultRow,
    sentence="What residents decided, from the moment at which a result is published.",
    ids=SLUG_PART,
    example="sale-2027",
    find=_find,
)
