"""Accept an award: once, with everything as it was worded. Nothing here commits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.filters import day
from pbvote.grants.awards.models import Award, AwardState
from pbvote.grants.awards.service import AwardMoved, accept_offer, confirm_offer, require_answered_for, require_told
from pbvote.grants.promises import letters
from pbvote.grants.promises.models import MOST_PROMISES, Acceptance, Promise
from pbvote.grants.promises.proposing import NewPromise
from pbvote.grants.promises.second import LinkEnded, Second, ask, require_another
from pbvote.grants.promises.terms import TERMS_VERSION, fewest_promises, last_day, require_time, takes_two, terms_of
from pbvote.people.models import Account
from pbvote.people.service import account_with_email


class WrongPromises(Refusal):
    """Too few or too many, or on a day that can't be."""

    status = 422


class SecondMissing(Refusal):
    """The award is large, and nobody is named who confirms it."""

    status = 422

    def __init__(self) -> None:
        super().__init__("Name a second person of your group. They confirm that you accept.")


@dataclass(frozen=True, slots=True)
class SaidYes:
    """What somebody of the group says when they accept."""

    name: str
    role: str
    promises: Sequence[NewPromise]
    second: Second | None = None
    """Who else confirms, where the award takes two."""
    safeguarding_lead: str = ""
    """Name and telephone number, where the group works with people at risk."""


def acceptance_of(award: Award) -> Acceptance | None:
    """What the award's group accepted; None before."""
    found = db.session.get(Acceptance, award.id)
    if found:
        orm.attributes.set_committed_value(found, "award", award)
    return found


def acceptances_of(awards: Sequence[Award]) -> Mapping[int, Acceptance]:
    """What was accepted of these awards, by award, in one statement."""
    wanted = sa.select(Acceptance).where(Acceptance.award_id.in_([award.id for award in awards]))
    return {each.award_id: each for each in db.session.scalars(wanted)}


def require_open(award: Award) -> None:
    """Raise `NotTold` and `AwardMoved` unless the offer waits for its answer, and `TermOver` once its time is over."""
    require_told(award)
    if award.state is not AwardState.OFFERED:
        raise AwardMoved
    require_time(award)


def accept(award: Award, said: SaidYes, by: Account) -> bool:
    """Accept for the group; False where somebody of it has done so before, and then nothing changes.

    Raises `AwardMoved`, `NotTold`, `TermOver`, `WrongPromises`, `SecondMissing`, and `SecondIsFirst`.
    """
    if _is_accepted(award):
        return False
    require_time(award)
    _require_promises(award, said.promises)
    second = _second_of(award, said, by.email)
    try:
        accept_offer(award, by, waits_for_second=second is not None)
    except AwardMoved:
        if _is_accepted(award):
            return False
        raise
    made = _keep(award, said, second, (by, by.email))
    if second:
        ask(made, second)
    else:
        letters.send_copy(award, made, promises_of([award])[award.id], [by])
    return True


def accept_for(award: Award, said: SaidYes, by: Account) -> None:
    """Note that a group without an e-mail address accepts: whoever notes it has spoken to everybody it takes.

    Raises `AnswersItself`, and what `accept` raises.
    """
    require_answered_for(award)
    require_open(award)
    _require_promises(award, said.promises)
    second = _second_of(award, said, "")
    accept_offer(award, by)
    made = _keep(award, said, second, (by, ""))
    if second:
        made.confirmed_at = made.accepted_at
        db.session.flush()


def confirm(acceptance: Acceptance) -> bool:
    """The second person confirms; False where they have done so before.

    Raises `LinkEnded` where another letter went out after their link was looked up, and `AwardMoved`.
    """
    award, own_link = acceptance.award, Acceptance.second_tag == acceptance.second_tag
    claim = sa.update(Acceptance).where(Acceptance.award_id == award.id, Acceptance.confirmed_at.is_(None), own_link)
    claimed = claim.values(confirmed_at=now()).returning(Acceptance.award_id)
    if db.session.scalar(claimed) is None:
        db.session.refresh(acceptance, ["confirmed_at", "second_tag"])
        if acceptance.confirmed_at is None:
            raise LinkEnded
        return False
    confirm_offer(award, account_with_email(acceptance.second_email))
    db.session.refresh(acceptance, ["confirmed_at"])
    accepted_by = db.session.get_one(Account, acceptance.account_id)
    letters.send_copy(award, acceptance, promises_of([award])[award.id], [accepted_by])
    return True


def name_lead(acceptance: Acceptance, lead: str) -> None:
    """Somebody else looks after safeguarding in the group from now on."""
    acceptance.safeguarding_lead = lead
    db.session.flush()


def promises_of(awards: Sequence[Award]) -> Mapping[int, Sequence[Promise]]:
    """What each of these awards' groups promised, the first due in front, in one statement; of one without, nothing."""
    found: dict[int, list[Promise]] = {award.id: [] for award in awards}
    wanted = sa.select(Promise).where(Promise.award_id.in_(found)).order_by(Promise.due_on, Promise.number)
    for promise in db.session.scalars(wanted) if found else ():
        found[promise.award_id].append(promise)
    return found


def _is_accepted(award: Award) -> bool:
    return award.is_standing and acceptance_of(award) is not None


def _second_of(award: Award, said: SaidYes, email: str) -> Second | None:
    """Who confirms; nobody where the award takes one person."""
    if not takes_two(award):
        return None
    if said.second is None:
        raise SecondMissing
    require_another(said.second, said.name, email)
    return said.second


def _require_promises(award: Award, promises: Sequence[NewPromise]) -> None:
    fewest, last = fewest_promises(award), last_day(award)
    if not fewest <= len(promises) <= MOST_PROMISES:
        least = "one promise" if fewest == 1 else f"{fewest} promises"
        raise WrongPromises(f"Make {least} at least, and {MOST_PROMISES} at most.")
    if any(promise.due_on < today() for promise in promises):
        raise WrongPromises("The day of a promise can’t be in the past.")
    if any(promise.due_on > last for promise in promises):
        raise WrongPromises(f"The day of a promise must be on or before {day(last)}, the last day of your project.")


def _keep(award: Award, said: SaidYes, second: Second | None, by: tuple[Account, str]) -> Acceptance:
    """Store what was accepted. The award's own row has just been claimed, so nobody else stores the same."""
    award.ends_on = last_day(award)
    made = Acceptance(
        award_id=award.id,
        project=award.bid.title,
        group_name=award.bid.called,
        promise=award.bid.summary,
        award_pence=award.award_pence,
        ends_on=award.ends_on,
        terms_version=TERMS_VERSION,
        terms=terms_of(award),
        name=said.name,
        role=said.role,
        email=by[1],
        accepted_at=now(),
        account_id=by[0].id,
        takes_two=second is not None,
        second_name=second.name if second else "",
        safeguarding_lead=said.safeguarding_lead,
    )
    made.award = award
    db.session.add(made)
    for number, promise in enumerate(said.promises, start=1):
        db.session.add(Promise(award_id=award.id, number=number, words=promise.words, due_on=promise.due_on))
    db.session.flush()
    return made
