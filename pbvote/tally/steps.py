"""The steps of a count, written down one after the other, and what is left of the share."""

from collections import Counter
from collections.abc import Iterable, Mapping

from pbvote.tally.election import Election, Project
from pbvote.tally.outcome import Offer, Outcome, Step, Verdict
from pbvote.tally.rules import Rule, TieKey
from pbvote.tally.totals import Total


class StepLog:
    """What has happened so far in one count."""

    def __init__(self, election: Election, totals: Mapping[str, Total]) -> None:
        self.totals = totals
        self.left = election.share
        self.left_elsewhere = dict(election.other_shares)
        self.steps: list[Step] = []
        self.holders: dict[str, str] = {}  # exclusive group -> its funded bid

    def fits(self, *bids: Project) -> bool:
        """Whether there is room for all these bids together, in every share that they name."""
        if sum(bid.own_part for bid in bids) > self.left:
            return False
        parts: Counter[str] = Counter()
        for bid in bids:
            parts.update(dict(bid.elsewhere))
        return all(part <= self.left_elsewhere[name] for name, part in parts.items())

    def shortfall(self, bid: Project) -> tuple[int, str]:
        """What is missing for a bid, in minor units, and in which other share, if it is not the one counted."""
        if bid.own_part > self.left:
            return bid.own_part - self.left, ""
        gaps = [(part - self.left_elsewhere[name], name) for name, part in bid.elsewhere]
        return max([gap for gap in gaps if gap[0] > 0], default=(0, ""))

    def add(
        self,
        bid: Project,
        verdict: Verdict,
        needed: int = 0,
        *,
        because_of: str = "",
        tied_with: Iterable[Project] = (),
        settled_by: TieKey | None = None,
        price: int = 0,
        short_in: str = "",
    ) -> None:
        """Write down one bid's turn; a funded one is paid for from what is left, and `needed` from elsewhere."""
        left_before = self.left
        if verdict.is_funded:
            self.left -= bid.own_part - needed
            for name, part in bid.elsewhere:
                self.left_elsewhere[name] -= part
            if bid.exclusive_group:
                self.holders[bid.exclusive_group] = bid.ref
        total = self.totals[bid.ref]
        self.steps.append(
            Step(
                ref=bid.ref,
                verdict=verdict,
                total=total.points,
                voters=total.voters,
                ask=bid.own_part,
                left_before=left_before,
                left_after=self.left,
                needed=needed,
                because_of=because_of,
                tied_with=tuple(other.ref for other in tied_with),
                settled_by=settled_by,
                price=price,
                short_in=short_in,
            )
        )

    def add_barred(self, bid: Project, verdict: Verdict, rule: Rule) -> None:
        """Write down a bid that can't be funded, whatever is left."""
        is_below = verdict is Verdict.BELOW_THRESHOLD
        self.add(bid, verdict, rule.threshold - self.totals[bid.ref].points if is_below else 0)

    def outcome(
        self, waiting: Iterable[Project] = (), endowment: int | None = None, offers: Iterable[Offer] = ()
    ) -> Outcome:
        """All that was written down."""
        funded = [step for step in self.steps if step.verdict.is_funded]
        return Outcome(
            funded=tuple(step.ref for step in funded),
            spent=sum(step.ask for step in funded),
            left=self.left,
            steps=tuple(self.steps),
            waiting=tuple(bid.ref for bid in waiting),
            endowment=endowment,
            offers=tuple(offers),
        )
