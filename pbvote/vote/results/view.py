"""The outcome as a page shows it: each bid with its step, its sentence, and the numbers of the charts."""

import datetime as dt
from dataclasses import dataclass

from pbvote.call.bids.models import Bid
from pbvote.core.words import words_of
from pbvote.tally import RULE_KINDS, BallotKind, Outcome, RuleKind, Step, explain_margin
from pbvote.vote.count.counting import VotesCounted
from pbvote.vote.count.outcome import outcome_of, sentences_of, stored_outcome
from pbvote.vote.count.published import FEWEST_TO_SHOW_TOTALS
from pbvote.vote.count.sealing import CountSealed
from pbvote.vote.count.study import close_in_words, study_of
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.service import last_entry, last_record


@dataclass(frozen=True)
class StepShown:
    """One step of the count beside the bid that it is about. Amounts are pence."""

    bid: Bid
    step: Step
    sentence: str
    closeness: str
    """How close a bid that is not funded came, in a sentence; "" where it is not known or nothing would have done."""

    @property
    def label(self) -> str:
        """What the charts call the bid."""
        return self.bid.title

    @property
    def pence(self) -> int:
        """What the bid asks of this share."""
        return self.step.ask

    @property
    def total(self) -> int:
        """Its votes or points."""
        return self.step.total

    @property
    def is_funded(self) -> bool:
        """Whether it gets its money."""
        return self.step.verdict.is_funded


@dataclass(frozen=True)
class OutcomeShown:
    """An event's outcome, step by step."""

    event: Event
    outcome: Outcome
    steps: tuple[StepShown, ...]
    voters: int
    is_official: bool | None
    is_own_rule: bool

    @classmethod
    def of(cls, event: Event) -> "OutcomeShown | None":
        """What the results page shows; None before the count."""
        stored, outcome = stored_outcome(event), outcome_of(event)
        if stored is None or outcome is None:
            return None
        sentences = sentences_of(event, outcome)
        bids = {slot.bid.reference: slot.bid for slot in event.running_order}
        study = study_of(event)
        close = {ref: close_in_words(event, close) for ref, close in study.closeness.items()} if study else {}
        steps = tuple(
            StepShown(bids[step.ref], step, sentences[step.ref], close.get(step.ref, "")) for step in outcome.steps
        )
        return cls(event, outcome, steps, stored.voters, stored.is_official, stored.is_own_rule)

    @property
    def funded(self) -> list[StepShown]:
        """The funded bids, in the order in which they were funded."""
        return [step for step in self.steps if step.is_funded]

    @property
    def tied(self) -> tuple[Bid, ...]:
        """The bids that wait for a draw, in the order of the outcome's list."""
        bids = {step.bid.reference: step.bid for step in self.steps}
        return tuple(bids[reference] for reference in self.outcome.waiting)

    @property
    def margin(self) -> str:
        """How many ballots stood between this outcome and another, in a sentence; "" where it is not known."""
        study = study_of(self.event)
        return explain_margin(study.margin) if study and study.margin else ""

    @property
    def is_city(self) -> bool:
        """Whether there were too many ballots to work every bid's closeness out beforehand."""
        study = study_of(self.event)
        return self.event.is_public and study is not None and not study.closeness

    @property
    def shows_totals(self) -> bool:
        """Whether totals may be shown: with very few voters they would tell how somebody voted."""
        return self.voters >= FEWEST_TO_SHOW_TOTALS

    @property
    def unit(self) -> str:
        """What the totals count."""
        return "Votes" if BallotKind(self.event.share.ballot_rules["kind"]).has_votes else "Points"


@dataclass(frozen=True)
class SealShown:
    """A seal as the hall sees it: its digits, its words, when it was made, and how many ballots it covers."""

    digits: str
    words: tuple[str, ...]
    at: dt.datetime
    ballots: int

    @classmethod
    def of(cls, event: Event) -> "SealShown | None":
        """The event's seal; None before it."""
        sealed, counted = last_entry(event, CountSealed), last_record(event, VotesCounted)
        if sealed is None or counted is None:
            return None
        return cls(sealed.hash, tuple(words_of(sealed.hash)), sealed.at, counted.ballots)


@dataclass(frozen=True)
class OtherRule:
    """What another rule would have funded, beside the result. References are those of the bids."""

    kind: RuleKind
    outcome: Outcome
    added: tuple[Bid, ...]
    """Funded by this rule and not in the result."""
    missing: tuple[Bid, ...]
    """Funded in the result and not by this rule."""

    @property
    def is_same(self) -> bool:
        """Whether it would have funded just the same bids."""
        return not self.added and not self.missing


def other_rules(shown: OutcomeShown) -> list[OtherRule]:
    """Each other rule's outcome, as far as it was worked out."""
    study = study_of(shown.event)
    bids = {step.bid.reference: step.bid for step in shown.steps}
    result = [step.bid.reference for step in shown.funded]
    return [
        OtherRule(
            RULE_KINDS[name],
            outcome,
            tuple(bids[ref] for ref in outcome.funded if ref not in result),
            tuple(bids[ref] for ref in result if ref not in outcome.funded),
        )
        for name, outcome in (study.others if study else {}).items()
    ]
