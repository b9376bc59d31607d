"""Ask for an act, and confirm one as the second person. Nothing here commits.

The second person is another account, or a witness with a printed card. The rules are constraints of the tables; what is
refused here first is refused with a sentence.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.filters import hour
from pbvote.people.models import Account
from pbvote.vote.acts.kinds import ActKind, Body, Waiting, do_confirmed, mark_of, stored
from pbvote.vote.acts.models import Act, Witness
from pbvote.vote.events.models import Event

TIME_TO_CONFIRM = dt.timedelta(minutes=10)
CLOCKS_DRIFT = dt.timedelta(minutes=1)
"""By how much the clocks of two hosts may differ, or one be set back, and nobody has to ask again."""


class SamePerson(Refusal):
    """One person can't be two."""

    def __init__(self, about: "About") -> None:
        who = "Another organiser" if about.event is None else "Another organiser, or a witness with a card,"
        super().__init__(f"You asked for this yourself. {who} must confirm it.")


class TooLate(Refusal):
    """Nobody confirmed in time, somebody took it back, or somebody else was faster: the sentence says which."""

    def __init__(self, act: "Act | None") -> None:
        super().__init__(_why_too_late(act) if act else "Nothing of this kind waits here. Look at the event again.")


class NotLookedAt(Refusal):
    """A confirmation that does not carry what there was to look at."""

    def __init__(self) -> None:
        super().__init__("You have not seen what you confirm, so nothing is confirmed. Read the numbers, then press.")


class MayNoLongerAct(Refusal):
    """An account that was suspended, or a card that was cancelled, while the act waited."""

    status = 403

    def __init__(self) -> None:
        super().__init__("One of the two people may not act here any more. Ask again, with somebody else.")


@dataclass(frozen=True, slots=True)
class About:
    """What an act is about: an event or an award, by its row's number."""

    event: int | None = None
    award: int | None = None

    @property
    def is_meant(self) -> sa.ColumnElement[bool]:
        """Whether an act is about this."""
        if self.event is not None:
            return Act.event_id == self.event
        return Act.award_id == self.award


def ask_for(kind: ActKind[Body], about: About, body: Body, asker: Account) -> Act:
    """Ask for an act. It waits ten minutes for a second person. Asked twice, it is the same act."""
    wanted = stored(body)
    for waiting in waiting_acts(about):
        if (waiting.kind, waiting.body, waiting.asked_by) == (kind.name, wanted, asker.id):
            return waiting
    asked_at = now()
    act = Act(
        event_id=about.event,
        award_id=about.award,
        kind=kind.name,
        body=wanted,
        asked_by=asker.id,
        asked_at=asked_at,
        expires_at=asked_at + TIME_TO_CONFIRM,
    )
    db.session.add(act)
    db.session.flush()
    return act


def waiting_acts(about: About) -> Sequence[Act]:
    """The acts about this that a second person can confirm now, oldest first."""
    # A page says who asks, and nothing of their roles.
    wanted = sa.select(Act).where(about.is_meant, waits())
    wanted = wanted.options(orm.joinedload(Act.asker, innerjoin=True).lazyload(Account.grants))
    return db.session.scalars(wanted.order_by(Act.id)).all()


def all_waiting() -> sa.Select[Act]:
    """Every act that a second person can confirm now, whatever it is about, the one with the least time left first.

    It is a statement, for whoever knows what else to read with it: see `pbvote.grants.money.waiting`.
    """
    asker = orm.joinedload(Act.asker, innerjoin=True).lazyload(Account.grants)
    return sa.select(Act).where(waits()).order_by(Act.expires_at, Act.id).options(asker)


def waiting_about(event: Event) -> list[Waiting]:
    """What waits for a second person at an event, as pages show it."""
    return Waiting.of_all(event, waiting_acts(About(event=event.id)))


def waits(moment: dt.datetime | None = None) -> sa.ColumnElement[bool]:
    """Whether an act can be confirmed, now or at this moment. A clock that went back gives nobody another hour."""
    moment = moment or now()
    in_time = Act.expires_at.between(moment, moment + TIME_TO_CONFIRM + CLOCKS_DRIFT)
    return sa.and_(Act.confirmed_at.is_(None), Act.is_withdrawn.is_(False), in_time)


def confirm(about: About, act_id: int, second: Account | Witness, seen: str = "") -> Act:
    """Claim a waiting act as its second person, and do it in the same transaction. After the commit, `finish` it.

    `seen` is the mark of what the page showed: see `pbvote.vote.acts.kinds.mark_of`. Of two that confirm at once, one
    gets `TooLate`. Raises `SamePerson` where `second` asked for it, `NotLookedAt` where the facts are not those that
    were shown, and `MayNoLongerAct` where either may not act any more.
    """
    is_witness, moment = isinstance(second, Witness), now()
    if not is_witness and db.session.scalar(sa.select(Act.asked_by).where(Act.id == act_id)) == second.id:
        raise SamePerson(about)
    claim = sa.update(Act).where(Act.id == act_id, about.is_meant, waits(moment))
    claim = claim.values(
        confirmed_at=moment,
        confirmed_by=None if is_witness else second.id,
        witness_id=second.id if is_witness else None,
    )
    if db.session.scalar(claim.returning(Act.id)) is None:
        raise TooLate(_act_about(about, act_id))
    act = db.session.get_one(Act, act_id, populate_existing=True)
    if seen != mark_of(act):
        raise NotLookedAt
    db.session.refresh(second)
    if act.asker.is_disabled or (second.is_withdrawn if isinstance(second, Witness) else second.is_disabled):
        raise MayNoLongerAct
    do_confirmed(act)
    return act


def cancel_act(about: About, act_id: int) -> None:
    """Cancel a request. Raises `TooLate` where it no longer waits."""
    claim = sa.update(Act).where(Act.id == act_id, about.is_meant, waits()).values(is_withdrawn=True)
    if db.session.scalar(claim.returning(Act.id)) is None:
        raise TooLate(_act_about(about, act_id))


def _act_about(about: About, act_id: int) -> Act | None:
    return db.session.scalar(sa.select(Act).where(Act.id == act_id, about.is_meant))


def _why_too_late(act: Act) -> str:
    """Why it no longer waits, and who can ask again: a witness can't."""
    who = act.asker.name
    if act.confirmed_at:
        return f"Somebody confirmed this at {hour(act.confirmed_at)}. Nothing is left to confirm."
    if act.is_withdrawn:
        return f"This request was cancelled. {who} asked for it: if it is still needed, {who} can ask again."
    return f"The ten minutes are over, so nothing was confirmed. {who} asked for it, and can ask again."


def cancel_waiting(event: Event) -> None:
    """Cancel everything that waits: the poll has moved on, and it was asked of another state."""
    db.session.execute(sa.update(Act).where(Act.event_id == event.id, waits()).values(is_withdrawn=True))
