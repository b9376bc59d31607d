"""Everything of one award in its order, for whoever answers for it: from the council's decision to the last visit."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pbvote.core.clock import today
from pbvote.core.money import format_money
from pbvote.grants.awards.impartial import own_grant_in_words
from pbvote.grants.awards.models import Award
from pbvote.grants.mentors.in_force import InForce, in_force
from pbvote.grants.mentors.models import Mentor
from pbvote.grants.mentors.service import periods_of
from pbvote.grants.money.sums import Sums
from pbvote.grants.monitoring.steps import AwardStep, steps_of
from pbvote.grants.monitoring.wording import day_of, ended, in_words, told, uk_day
from pbvote.grants.promises.accepting import promises_of
from pbvote.grants.promises.keeping import PromiseCount
from pbvote.grants.promises.models import Promise
from pbvote.grants.visits.colouring import days_of
from pbvote.grants.visits.models import CheckIn, Worry
from pbvote.grants.visits.service import FundedGroup, as_seen, check_ins_of
from pbvote.grants.visits.standing import Recent
from pbvote.grants.visits.view import HistoryView
from pbvote.people.models import Account


@dataclass(frozen=True, slots=True)
class AwardMoment:
    """Something that happened to an award: a sentence, or a check-in."""

    on: dt.date
    words: str = ""
    by: str = ""
    """Who did it or noted it; "" where nobody is named."""
    check_in: CheckIn | None = None


@dataclass(frozen=True, slots=True)
class AwardPage:
    """One award as its officer sees it."""

    award: Award
    own_grant: str
    """Why its reader takes no part in it; "" where they may."""
    funded: FundedGroup
    periods: Sequence[Mentor]
    seen_to: InForce | None
    promises: Sequence[Promise]
    """The first due in front."""
    has_acceptance: bool
    """Whether what the group accepted is kept: not where it did so before there was such a page."""
    history: HistoryView
    happened: Sequence[AwardMoment]
    """What came first stands first."""

    @classmethod
    def of(cls, award: Award, reader: Account) -> "AwardPage":
        """Everything that the page reads."""
        check_ins, periods, steps = check_ins_of(award, with_former=True), periods_of(award), steps_of(award)
        present = periods[-1] if periods and periods[-1].until_on is None else None
        worries = [each.worry for each in check_ins if each.worry and each.worry.is_open]
        recent = Recent(check_ins, sorted(worries, key=lambda worry: (worry.due_on, worry.id)))
        own_grant = own_grant_in_words(award, reader)
        return cls(
            award=award,
            own_grant=own_grant,
            funded=as_seen(award, present, recent, days_of([award.id])[award.id]),
            periods=periods,
            seen_to=in_force([award.id], today()).get(award.id),
            promises=promises_of([award])[award.id],
            has_acceptance=any(step.what == "acceptance" for step in steps),
            history=HistoryView(check_ins, reader.id, "visit_photos_desk", is_desk=True, is_close=bool(own_grant)),
            happened=sorted(_happened(award, steps, periods, check_ins), key=lambda each: each.on),
        )

    @property
    def sums(self) -> Sums:
        """Where its money is."""
        return Sums.of([self.award])

    @property
    def count(self) -> PromiseCount:
        """Promises against what happened."""
        return PromiseCount.of(self.promises)

    @property
    def worries(self) -> list[Worry]:
        """Those that wait for an answer, the one due first in front."""
        found = [each.worry for each in self.history.check_ins if each.worry and each.worry.is_open]
        return sorted(found, key=lambda worry: (worry.due_on, worry.id))


def _happened(
    award: Award, steps: Sequence[AwardStep], periods: Sequence[Mentor], check_ins: Sequence[CheckIn]
) -> Iterator[AwardMoment]:
    """What happened, of each kind in its order."""
    amount, decision = format_money(award.award_pence, award.event.share.round.currency), award.decision
    awarded = ended(f"The council awarded {amount}: {decision.reason}")
    yield AwardMoment(decision.decided_on, awarded, decision.decided_by)
    currency = award.event.share.round.currency
    yield from (AwardMoment(day_of(step), in_words(step, currency), step.by) for step in told(steps))
    for period in periods:
        yield AwardMoment(period.from_on, f"{period.account.name} became the mentor, and was introduced.")
        if period.another_asked_at:
            yield AwardMoment(uk_day(period.another_asked_at), "The group asked for another mentor.")
    yield from (AwardMoment(check_in.met_on, check_in=check_in) for check_in in reversed(check_ins))
