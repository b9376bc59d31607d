"""Make a gathering, change it, publish it, call it off. Nothing here commits.

Whatever changes who comes holds the gathering's row first, so that of two who press at once one comes after the other.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.filters import day
from pbvote.localities.models import Locality
from pbvote.partnership.gatherings.models import Gathering, GatheringState
from pbvote.partnership.seen import save_over
from pbvote.people.models import Account


class FewerThanTaken(Refusal):
    """Fewer places than groups hold."""

    status = 422

    def __init__(self, taken: int) -> None:
        super().__init__(f"{taken} {'place is' if taken == 1 else 'places are'} taken. Enter {taken} or more")


class NotToPublish(Refusal):
    """A draft whose days are over."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} Change the days first, then publish it.")


class NotInThatState(Refusal):
    """Somebody else published it, called it off or removed it meanwhile."""

    def __init__(self) -> None:
        super().__init__("Somebody changed this gathering meanwhile. Look at it again.")


@dataclass(frozen=True, slots=True)
class SaidOfGathering:
    """What an editor says of a gathering."""

    title: str
    purpose: str
    venue: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    places: int
    most_a_group: int
    sign_up_until: dt.date
    others: Sequence[Locality]
    """The localities that it is for beside its host."""

    def values(self) -> dict[str, object]:
        """The columns, by name."""
        names = ("title", "purpose", "venue", "starts_at", "ends_at", "places", "most_a_group", "sign_up_until")
        return {name: getattr(self, name) for name in names}


def hold_gathering(gathering_id: int) -> Gathering | None:
    """The gathering, its row held until the commit."""
    wanted = sa.select(Gathering).where(Gathering.id == gathering_id).with_for_update(of=Gathering)
    whole = (orm.selectinload(Gathering.localities), orm.joinedload(Gathering.locality, innerjoin=True))
    return db.session.scalar(wanted.options(*whole).execution_options(populate_existing=True))


def make_gathering(host: Locality, said: SaidOfGathering, by: Account) -> Gathering:
    """A draft."""
    gathering = Gathering(locality_id=host.id, changed_by_id=by.id, **said.values())
    gathering.localities = [host, *said.others]
    db.session.add(gathering)
    db.session.flush()
    return gathering


def change_gathering(gathering: Gathering, said: SaidOfGathering, seen: int, by: Account) -> bool:
    """Say something else of it; whether those who signed up must hear of it, since its day, hours or venue moved.

    Raises `FewerThanTaken`, `NotInThatState` and `SavedMeanwhile`.
    """
    if gathering.is_off or gathering.is_over:
        raise NotInThatState
    if said.places < gathering.taken:
        raise FewerThanTaken(gathering.taken)
    shown = (gathering.starts_at, gathering.ends_at, gathering.venue)
    is_moved = gathering.is_public and shown != (said.starts_at, said.ends_at, said.venue)
    is_other_entry = is_moved or (gathering.is_public and gathering.title != said.title)
    save_over(gathering, seen, by, {**said.values(), "moves": gathering.moves + is_other_entry})
    gathering.localities = [gathering.locality, *said.others]
    db.session.flush()
    return is_moved


def publish_gathering(gathering: Gathering) -> None:
    """Let everybody read it, and groups sign up. Raises `NotInThatState` and `NotToPublish`."""
    if not gathering.is_draft:
        raise NotInThatState
    if gathering.has_begun:
        raise NotToPublish(f"It begins on {day(gathering.starts_at)}, and that is over.")
    if gathering.sign_up_until < today():
        raise NotToPublish(f"The last day to sign up, {day(gathering.sign_up_until)}, is over.")
    gathering.state, gathering.published_at = GatheringState.PUBLISHED, now()
    gathering.version += 1
    db.session.flush()


def call_off(gathering: Gathering, reason: str) -> None:
    """It does not take place. Its page stays and says why. Raises `NotInThatState`."""
    if gathering.state is not GatheringState.PUBLISHED or gathering.is_over:
        raise NotInThatState
    gathering.state, gathering.off_reason = GatheringState.OFF, reason
    gathering.moves += 1
    gathering.version += 1
    gathering.changed_at = now()
    db.session.flush()


def remove_draft(gathering: Gathering) -> None:
    """Delete a draft. What was published is called off. Raises `NotInThatState`."""
    if not gathering.is_draft:
        raise NotInThatState
    db.session.delete(gathering)
    db.session.flush()
