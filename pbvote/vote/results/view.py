"""The outcome as a page shows it: each bid with its step, its sentences, and the numbers of the charts."""

import datetime as dt
import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import sqlalchemy as sa
from markupsafe import Markup
from sqlalchemy import orm

from pbvote.call.bids.models import Bid
from pbvote.core.words import words_of
from pbvote.db import db
from pbvote.tally import RULE_KINDS, Outcome, Step, explain_margin, explain_smaller
from pbvote.tally.outcome import Verdict
from pbvote.vote.count.models import StoredOutcome
from pbvote.vote.count.outcome import election_of, places_by_reference, stored_outcome
from pbvote.vote.count.published import FEWEST_TO_SHOW_TOTALS
from pbvote.vote.count.sealing import CountSealed
from pbvote.vote.count.study import Findings, study_of
from pbvote.vote.events.models import Event, Slot
from pbvote.vote.events.service import load_running_order
from pbvote.vote.ledger.service import last_entry, last_record
from pbvote.vote.poll.counted import VotesCounted
from pbvote.vote.results.rule_shown import RuleShown
from pbvote.vote.results.speech import SPEECH, title_of
from pbvote.vote.results.telling import close_in_words, sentences_of


class Fate(enum.StrEnum):
    """What became of a bid, as its picture shows it."""

    FUNDED = "funded"
    WAITS = "waits"
    """It is tied and waits for a draw, or stands behind the tie."""
    NOT_FUNDED = "not_funded"


@dataclass(frozen=True)
class StepShown:
    """One step of the count beside the bid that it is about. Amounts are pence."""

    bid: Bid
    step: Step
    sentence: str
    closeness: str
    """How close a bid that is not funded came, in words; "" where it is not known or nothing would have done."""
    before: int = 0
    """What the bids funded before it take of the share."""
    number: int = 0
    """Its number on the ballot."""
    why: str = ""
    """What the sentence says after what became of the bid; all of it where that is one sentence."""

    @property
    def label(self) -> Markup:
        """What the page calls the bid."""
        return title_of(self.bid)

    @property
    def group(self) -> str:
        """Who proposed the bid; "" where nobody is named."""
        return self.bid.group.name if self.bid.group else ""

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

    @property
    def fate(self) -> Fate:
        """What became of it."""
        if self.is_funded:
            return Fate.FUNDED
        return Fate.WAITS if self.step.verdict in (Verdict.TIED, Verdict.AFTER_TIE) else Fate.NOT_FUNDED


@dataclass(frozen=True)
class OutcomeShown:
    """An event's outcome, step by step."""

    event: Event
    outcome: Outcome
    steps: tuple[StepShown, ...]
    study: Findings | None
    voters: int
    is_official: bool | None
    is_own_rule: bool

    @classmethod
    def of(cls, event: Event) -> "OutcomeShown | None":
        """What the results page shows; None before the count."""
        stored = stored_outcome(event)
        if stored is None:
            return None
        load_running_order(event)
        outcome, study = stored.body, study_of(event)
        steps = tuple(_steps(event, outcome, study))
        return cls(event, outcome, steps, study, stored.voters, stored.is_official, stored.is_own_rule)

    @cached_property
    def funded(self) -> list[StepShown]:
        """The funded bids, in the order in which they were funded."""
        return [step for step in self.steps if step.is_funded]

    @cached_property
    def others(self) -> list[StepShown]:
        """The bids that are not funded, or wait, in the order of the count."""
        return [step for step in self.steps if not step.is_funded]

    @property
    def tied(self) -> tuple[StepShown, ...]:
        """The bids that wait for a draw, in the order of the outcome's list."""
        steps = {step.bid.reference: step for step in self.steps}
        return tuple(steps[reference] for reference in self.outcome.waiting)

    @property
    def spent(self) -> int:
        """What the funded bids get together, in pence."""
        return sum(step.pence for step in self.funded)

    @property
    def left(self) -> int:
        """What is left of the share, in pence; 0 where other money was added."""
        return max(0, self.event.share.share_pence - self.spent)

    @property
    def margin(self) -> str:
        """How many ballots stood between this outcome and another, in words; "" where it is not known."""
        return explain_margin(self.study.margin, SPEECH) if self.study and self.study.margin else ""

    @property
    def is_city(self) -> bool:
        """Whether there were too many ballots to work every bid's closeness out beforehand."""
        return self.event.is_public and self.study is not None and not self.study.closeness

    @property
    def shows_totals(self) -> bool:
        """Whether totals may be shown: with very few voters they would tell how somebody voted.

        Members who choose do so openly, however few they are.
        """
        return self.event.is_chosen_by_members or self.voters >= FEWEST_TO_SHOW_TOTALS

    @property
    def rule(self) -> RuleShown:
        """The rule of the count, and what it funded."""
        return RuleShown.of(self.event.share.rule_kind, self.outcome)

    def smaller_of(self, step: StepShown) -> str:
        """That a bid which came after a passed-over one asked for less and fitted; "" where none did. In English."""
        share = self.event.share
        return explain_smaller(
            step.step, self.outcome, share.count_rule, has_votes=self.counts_votes, shows_totals=self.shows_totals
        )

    @property
    def counts_votes(self) -> bool:
        """Whether the totals count votes, and not points."""
        return self.event.share.ballot_rules.kind.has_votes


def _steps(event: Event, outcome: Outcome, study: Findings | None) -> Iterator[StepShown]:
    election, before = election_of(event, with_ballots=False), 0
    places = places_by_reference(event)
    bids = {reference: slot.bid for reference, slot in places.items()}
    sentences = sentences_of(event, outcome, election, bids)
    for step in outcome.steps:
        close = study.closeness.get(step.ref) if study else None
        closeness = close_in_words(event, close, election) if close else ""
        said = sentences[step.ref]
        why = SPEECH.together(said[1:] or said)
        number = places[step.ref].number
        yield StepShown(bids[step.ref], step, SPEECH.together(said), closeness, before, number, why)
        before += step.ask if step.verdict.is_funded else 0


def outcomes_shown(events: Sequence[Event]) -> Mapping[int, OutcomeShown]:
    """The outcomes of these events, by event, without what is said of them: in two statements, however many they are.

    One that is not counted is left out.
    """
    ids = [event.id for event in events]
    bid = orm.joinedload(Slot.bid, innerjoin=True)
    wanted = sa.select(Slot).where(Slot.event_id.in_(ids)).options(bid.joinedload(Bid.group), bid.lazyload(Bid.asks))
    slots = {(slot.event_id, slot.bid.reference): slot for slot in db.session.scalars(wanted)}
    stored = db.session.scalars(sa.select(StoredOutcome).where(StoredOutcome.event_id.in_(ids)))
    by_event = {each.event_id: each for each in stored}
    found = ((event, by_event[event.id]) for event in events if event.id in by_event)
    return {event.id: _silent(event, outcome, slots) for event, outcome in found}


def _silent(event: Event, stored: StoredOutcome, slots: Mapping[tuple[int, str], Slot]) -> OutcomeShown:
    steps = []
    for step in stored.body.steps:
        slot = slots[event.id, step.ref]
        steps.append(StepShown(slot.bid, step, "", "", number=slot.number))
    return OutcomeShown(event, stored.body, tuple(steps), None, stored.voters, stored.is_official, stored.is_own_rule)


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


def rules_beside(shown: OutcomeShown) -> list[RuleShown]:
    """The rule of the result first, then each other rule that was worked out; none where no other was."""
    others = shown.study.others if shown.study else {}
    beside = [RuleShown.of(RULE_KINDS[name], outcome) for name, outcome in others.items()]
    return [shown.rule, *beside] if beside else []


def told_beside(shown: OutcomeShown, rules: Sequence[RuleShown]) -> list[list[tuple[str, list[Markup]]]]:
    """For each of these rules what it would do otherwise than the first, the result's own: words, and bids' names."""
    names = {step.bid.reference: step.label for step in shown.steps}

    def named(references: frozenset[str]) -> list[Markup]:
        return [name for reference, name in names.items() if reference in references]

    return [[(words, named(bids)) for words, bids in rule.told_beside(rules[0])] for rule in rules]
