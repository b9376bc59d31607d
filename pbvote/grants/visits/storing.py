"""Store check-ins: once, however often they arrive; about one group or several. Nothing here commits."""

import datetime as dt
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.db import db, insert_into
from pbvote.errors import Refusal
from pbvote.filters import day
from pbvote.grants.awards.holding import hold_awards
from pbvote.grants.awards.models import Award
from pbvote.grants.promises.keeping import Keeping, keep_promises
from pbvote.grants.promises.models import KeptBy
from pbvote.grants.visits.correcting import earlier_ones, take_in
from pbvote.grants.visits.models import CheckIn, PlannedVisit, Status, Worry
from pbvote.grants.visits.stays import NotTheirTime, Stay, require_apart, stays_of
from pbvote.grants.visits.typed import NewCheckIn
from pbvote.grants.visits.worries import raise_worry
from pbvote.people.models import Account


class BeforeAward(Refusal):
    """A visit on a day before there was an award."""

    def __init__(self, award: Award) -> None:
        super().__init__(
            f"The council decided on this award on {day(award.decided_on)}. Enter that day or a later one."
        )


class NotAMentor(Refusal):
    """Nobody logs a check-in for a group that they never stayed with."""

    def __init__(self) -> None:
        super().__init__("You have never stayed with this group.")


def log_check_in(award: Award, member: Account, new: NewCheckIn) -> Worry | None:
    """Store a check-in about one group; see `log_gathering`. The worry that it tells of, where it is new."""
    return log_gathering([award], member, new)


def log_gathering(awards: Sequence[Award], member: Account, new: NewCheckIn) -> Worry | None:
    """Store one check-in for each group that the member met, and plan their next visits as it says.

    What arrives twice is stored once: the same form, and within a day the same visit in much the same words, which
    corrects what was logged. An older visit, logged late, plans nothing, nor does one of a member whose time with the
    group is over, nor one about a grant that is closed.

    Raises `BeforeAward`, `BelongsToIt`, `NotAMentor` and `NotTheirTime`; then nothing is stored.
    """
    held = hold_awards(award.id for award in awards)
    require_apart(held, member)  # and not before: somebody may have declared it while this waited
    stays = stays_of(held, member)
    for award in awards:
        _require_allowed(award, stays.get(award.id), new.met_on)
    earlier = earlier_ones(held, member, new)
    changed = {award_id for award_id, one in earlier.items() if take_in(one, new)}
    stored = _insert([award for award in awards if award.id not in earlier], member, new)
    _tick(stored | {award_id: one.check_in.id for award_id, one in earlier.items() if not one.is_sent}, member, new)
    running = {award.id for award in awards if award.is_running}
    _plan_after([id_ for id_ in (*stored, *changed) if stays[id_].lasts and id_ in running], new)
    if new.standing is not Status.WORRIED:
        return None
    worries = [raise_worry(award, stored[award.id], member) for award in awards if award.id in stored]
    return next(iter(worries), None)


def _tick(check_in_ids: Mapping[int, int], member: Account, new: NewCheckIn) -> None:
    """Tick the promises that the member saw kept, each at the check-in of its own award."""
    for award_id, check_in_id in check_in_ids.items() if new.kept else ():
        keep_promises(award_id, new.kept, Keeping(new.met_on, member.id, KeptBy.CHECK_IN, check_in_id))


def _require_allowed(award: Award, stay: Stay | None, met_on: dt.date) -> None:
    if stay is None:
        raise NotAMentor
    if met_on < award.decided_on:
        raise BeforeAward(award)
    if not stay.allows(met_on):
        raise NotTheirTime(stay)


def _insert(awards: Sequence[Award], member: Account, new: NewCheckIn) -> dict[int, int]:
    """Store one for each award; its number, by award."""
    if not awards:
        return {}
    said = {
        "account_id": member.id,
        "form_key": new.form_key,
        "met_on": new.met_on,
        "contact_method": new.contact_method,
        "standing": new.standing,
        "needs": list(new.needs),
        "words": new.words,
        "concern": new.concern,
        "next_on": new.next_on,
        "is_last": new.is_last,
        "logged_at": now(),
    }
    rows = insert_into(CheckIn).values([{"award_id": award.id, **said} for award in awards]).on_conflict_do_nothing()
    return {row.award_id: row.id for row in db.session.execute(rows.returning(CheckIn.id, CheckIn.award_id))}


def _plan_after(award_ids: Sequence[int], new: NewCheckIn) -> None:
    """What the newest check-in makes of each plan: a day that was chosen, none, or the same.

    A visit that was due is paid once the group was reached: it is no longer planned.
    """
    later = sa.select(CheckIn.award_id).where(CheckIn.award_id.in_(award_ids), CheckIn.met_on > new.met_on)
    newest = sorted(set(award_ids) - set(db.session.scalars(later)))
    planned = {each.award_id: each for each in _planned(newest)}
    for award_id in newest:
        plan = planned.get(award_id)
        is_paid = plan is not None and plan.due_on <= new.met_on and new.standing is not Status.NOT_REACHED
        if new.next_on is None and plan is not None and (new.is_last or is_paid):
            db.session.delete(plan)
        elif new.next_on is not None and plan is not None:
            plan.due_on = new.next_on
        elif new.next_on is not None:
            db.session.add(PlannedVisit(award_id=award_id, due_on=new.next_on))
    db.session.flush()


def _planned(award_ids: Sequence[int]) -> Sequence[PlannedVisit]:
    return db.session.scalars(sa.select(PlannedVisit).where(PlannedVisit.award_id.in_(award_ids))).all()
