"""What all letters of a decision share: who chose, how each bid did, whom a group can ring. Nothing here writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pbvote.call.checking.checklist import Rules, rules_of
from pbvote.call.rounds.grant_rules import GrantRules
from pbvote.core.money import format_money
from pbvote.grants.awards.models import AwardDecisionKind
from pbvote.grants.awards.turns import BidTurn, CountedBids
from pbvote.tally import Step, Verdict, explain_smaller
from pbvote.vote.events.models import Event


@dataclass(frozen=True, slots=True)
class BidFigures:
    """How a bid did: its votes or points, its place, and how many bids there were."""

    total: int
    place: int
    of: int
    is_level: bool
    """Whether another bid had exactly as many."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What all letters of a decision share."""

    event: Event
    kind: AwardDecisionKind
    rules: Rules
    figures: Mapping[int, BidFigures]
    """By a bid's id; empty where so few voted that a total would tell how somebody did."""
    unit: str
    """What the totals count: ``votes`` or ``points``."""
    counted: CountedBids

    @classmethod
    def of(cls, event: Event, kind: AwardDecisionKind, counted: CountedBids) -> "Facts":
        """The facts of an event's decision."""
        figures = _figures_of(counted.turns) if counted.shows_totals else {}
        unit = "votes" if event.share.ballot_rules.kind.has_votes else "points"
        return cls(event, kind, rules_of(event.share.round_id), figures, unit, counted)

    @property
    def place(self) -> str:
        """The locality's name."""
        return self.event.share.locality.name

    @property
    def grants(self) -> GrantRules:
        """What the round does after the vote."""
        return self.event.share.round.grant_rules

    @property
    def whoever_chose(self) -> str:
        """Who chose, in the middle of a sentence."""
        return choosers(self.event)

    def smaller_than(self, step: Step) -> str:
        """That a bid which came after a passed-over one asked for less and fitted; "" where none did."""
        share, outcome, shows = self.event.share, self.counted.outcome, self.counted.shows_totals
        return explain_smaller(step, outcome, share.count_rule, has_votes=self.unit == "votes", shows_totals=shows)

    def money(self, pence: int) -> str:
        """An amount in the round's currency."""
        return format_money(pence, self.event.share.round.currency)


def choosers(event: Event) -> str:
    """Who chose at an event, in the middle of a sentence."""
    place = event.share.locality.name
    return f"members of the partnership in {place}" if event.is_chosen_by_members else f"residents of {place}"


def _figures_of(turns: Sequence[BidTurn]) -> dict[int, BidFigures]:
    on_ballot = [turn for turn in turns if turn.step.verdict is not Verdict.WITHDRAWN]
    totals = [turn.step.total for turn in on_ballot]
    return {
        turn.bid.id: BidFigures(
            total=turn.step.total,
            place=1 + sum(total > turn.step.total for total in totals),
            of=len(totals),
            is_level=totals.count(turn.step.total) > 1,
        )
        for turn in on_ballot
    }
