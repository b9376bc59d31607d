"""A check-in that arrives again is known; within a day its member corrects it. Nothing here commits."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from rapidfuzz import fuzz

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.grants.promises.keeping import Keeping, correct_promises
from pbvote.grants.promises.models import KeptBy
from pbvote.grants.visits.models import CORRECTED_WITHIN, CheckIn, CheckInCorrection
from pbvote.grants.visits.typed import NewCheckIn
from pbvote.people.models import Account

SAME_FROM = 60
"""How many hundredths of two texts must agree for the one to be the other with changed words."""


class TooLateToCorrect(Refusal):
    """The group reads it by now."""

    def __init__(self) -> None:
        super().__init__("A day has passed, and the group reads this check-in now. Log another one to put it right.")


@dataclass(slots=True)
class Earlier:
    """What was stored before, and came again."""

    check_in: CheckIn
    is_sent: bool
    """Whether this very form was taken before, so that there is nothing left to do."""


def is_reworded(before: str, after: str) -> bool:
    """Whether two texts say much the same: one holds the other, or most of their letters agree."""
    before, after = before.casefold(), after.casefold()
    return before in after or after in before or fuzz.ratio(before, after) >= SAME_FROM


def earlier_ones(award_ids: Sequence[int], member: Account, new: NewCheckIn) -> dict[int, Earlier]:
    """What this member stored before of the same visit, by award.

    It is the same where the same form was taken, or where within a day a form tells of the same day, the same way of
    meeting and the same standing, in much the same words: somebody went back, changed a word and saved.
    """
    corrected_by = sa.select(CheckInCorrection.check_in_id).where(CheckInCorrection.form_key == new.form_key)
    is_sent = sa.or_(CheckIn.form_key == new.form_key, CheckIn.id.in_(corrected_by))
    is_alike = sa.and_(
        CheckIn.met_on == new.met_on,
        CheckIn.contact_method == new.contact_method,
        CheckIn.standing == new.standing,
        CheckIn.logged_at > now() - CORRECTED_WITHIN,
    )
    wanted = sa.select(CheckIn, is_sent.label("is_sent")).where(sa.or_(is_sent, is_alike))
    wanted = wanted.where(CheckIn.award_id.in_(award_ids), CheckIn.account_id == member.id)
    found: dict[int, Earlier] = {}
    for check_in, was_sent in db.session.execute(wanted.order_by(is_sent.desc(), CheckIn.id.desc())):
        if check_in.award_id not in found and (was_sent or is_reworded(check_in.words, new.words)):
            found[check_in.award_id] = Earlier(check_in, bool(was_sent))
    return found


def take_in(earlier: Earlier, new: NewCheckIn) -> bool:
    """Let what came again correct what was stored; whether anything changed. An empty box changes nothing."""
    one = earlier.check_in
    if earlier.is_sent:
        return False
    words, concern = new.words or one.words, new.concern or one.concern
    plans = bool(new.next_on or new.is_last) and (new.next_on, new.is_last) != (one.next_on, one.is_last)
    adds = bool(new.needs) and list(new.needs) != one.needs
    if (words, concern) == (one.words, one.concern) and not (plans or adds):
        return False
    _keep_former(one, new.form_key)
    one.words, one.concern, one.needs = words, concern, list(new.needs or one.needs)
    if plans:
        one.next_on, one.is_last = new.next_on, new.is_last
    db.session.flush()
    return True


def seen_at(check_in: CheckIn) -> Keeping:
    """That the check-in's member saw on its day what they tick at it."""
    return Keeping(check_in.met_on, check_in.account_id, KeptBy.CHECK_IN, check_in.id)


def own_check_in(check_in_id: int, award_id: int, member: Account) -> CheckIn | None:
    """The check-in with this number, where this member logged it about this award."""
    wanted = sa.select(CheckIn).where(CheckIn.id == check_in_id, CheckIn.award_id == award_id)
    return db.session.scalar(wanted.where(CheckIn.account_id == member.id))


def require_correctable(check_in: CheckIn) -> None:
    """Raise `TooLateToCorrect` once a day has passed."""
    if not check_in.may_be_corrected:
        raise TooLateToCorrect


def own_check_ins(ids: Collection[int], member: Account) -> Sequence[CheckIn]:
    """The check-ins with these numbers, about whichever group, that this member logged."""
    wanted = sa.select(CheckIn).where(CheckIn.id.in_(ids), CheckIn.account_id == member.id)
    return db.session.scalars(wanted).all() if ids else []


def reword(check_in: CheckIn, words: str, concern: str, kept: Sequence[int] = ()) -> None:
    """Let the member say it better, within a day; what it said stays on record. Raises `TooLateToCorrect`.

    The promises `kept` are from then on those that this check-in ticked.
    """
    require_correctable(check_in)
    correct_promises(check_in.award_id, kept, seen_at(check_in))
    if (words, concern) != (check_in.words, check_in.concern):
        _keep_former(check_in, secrets.token_hex(8))
        check_in.words, check_in.concern = words, concern
        db.session.flush()


def _keep_former(check_in: CheckIn, form_key: str) -> None:
    said = {"words": check_in.words, "concern": check_in.concern}
    db.session.add(CheckInCorrection(check_in_id=check_in.id, form_key=form_key, **said))
