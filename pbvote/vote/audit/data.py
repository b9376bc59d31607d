"""A published result as open data: its bids, and its ballots as far as they are published. Nothing here writes."""

from dataclasses import dataclass
from typing import Final, Self

import sqlalchemy as sa

from pbvote.db import db
from pbvote.spreadsheets.tables import Cell, Column, Kind, Table, money_column
from pbvote.tally.outcome import Verdict
from pbvote.vote.count.models import Seal
from pbvote.vote.count.published import Shown
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import event_called
from pbvote.vote.ledger.service import last_record
from pbvote.vote.results.service import ResultPublished
from pbvote.vote.results.view import OutcomeShown, StepShown

BECAME: Final = {
    Verdict.FUNDED: "Funded",
    Verdict.TOPPED_UP: "Funded, with other money added",
    Verdict.DOES_NOT_FIT: "Passed over: what was left was not enough",
    Verdict.STOPPED: "The first that did not fit: the count ended",
    Verdict.AFTER_STOP: "Its turn never came",
    Verdict.NO_VOTES: "Nobody voted for it",
    Verdict.NOT_AFFORDED: "Its supporters had too little left between them",
    Verdict.BELOW_THRESHOLD: "Below the minimum",
    Verdict.BELOW_MEAN: "Below the mean",
    Verdict.EXCLUDED: "Another bid that rules it out was funded",
    Verdict.WITHDRAWN: "Withdrawn",
    Verdict.TIED: "Tied",
    Verdict.AFTER_TIE: "Behind a tie",
}
"""What became of a bid in the count, as open data says it."""


@dataclass(frozen=True, slots=True)
class PublishedVote:
    """A published result of the council's own, and how much of its ballots is published with it."""

    event: Event
    outcome: OutcomeShown
    shown: Shown
    is_sealed: bool
    """Whether residents voted with slips, so that there is a file to count again with."""

    @classmethod
    def of(cls, slug: str) -> Self | None:
        """The result at this address; None before it is published, and of another city's election."""
        event = event_called(slug)
        if event is None or not event.is_public or event.share.round.is_imported:
            return None
        published, outcome = last_record(event, ResultPublished), OutcomeShown.of(event)
        if published is None or outcome is None:
            return None
        is_sealed = db.session.scalar(sa.select(sa.exists().where(Seal.event_id == event.id))) or False
        return cls(event, outcome, Shown(published.shown), is_sealed)

    @property
    def has_ballots(self) -> bool:
        """Whether whole ballots are published."""
        return self.is_sealed and self.shown is Shown.BALLOTS

    @property
    def columns(self) -> list[Column]:
        """What is told of each bid. Where so few voted that totals would tell how, it is the awards alone."""
        of_count = [
            Column(self._counted, Kind.WHOLE, 10, f"How many {self._counted.lower()} it got, all together."),
            Column("What became of it", width=40, note="What happened when its turn came in the count."),
        ]
        return [
            Column("Number", Kind.WHOLE, 10, "Its number on the ballot."),
            Column("Reference", width=12, note="What it is called in every file."),
            Column("Group", width=30, note="Who asked."),
            Column("Project", width=34, note="What the group called it."),
            money_column("Asked", self.event.share.round.currency, note="What it asked of the locality’s share."),
            *(of_count if self.outcome.shows_totals else ()),
            Column("Funded", Kind.YES_NO, 10, "Whether the count chose it. The council awards after that."),
        ]

    @property
    def _counted(self) -> str:
        return "Votes" if self.outcome.counts_votes else "Points"

    def table(self) -> Table:
        """A row for each bid, in the order of the ballot."""
        steps = sorted(self.outcome.steps, key=lambda step: step.number)
        return Table("Bids", self.columns, [self._row(step) for step in steps], "What the columns say")

    def _row(self, step: StepShown) -> list[Cell]:
        told: list[Cell] = [step.total, BECAME[step.step.verdict]] if self.outcome.shows_totals else []
        return [step.number, step.bid.reference, step.group, step.bid.title, step.pence, *told, step.is_funded]


MEANINGS: Final = {
    "META": "What was voted on: where, when, the money, the kind of ballot and the rule. Amounts are pounds.",
    "project_id": "The bid’s reference, as in the table of bids.",
    "cost": "What the bid asked of the share.",
    "votes": "How many ballots named it.",
    "score": "How many points it got, where ballots give points.",
    "name": "What the group called its project.",
    "selected": "1 where the count funded it, 0 where it did not.",
    "voter_id": "A number that says nothing: ballots alike stand together, and are numbered from 1.",
    "vote": "The bids that the ballot named, by reference; of a ranking the best first.",
    "points": "The points for each of them, in the same order.",
}
"""What a `.pb` file holds, part by part and column by column."""
