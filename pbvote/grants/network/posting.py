"""Put needs and offers on a locality's wall. Nothing here commits."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from pbvote.call.rounds.models import Share
from pbvote.core.clock import now, today
from pbvote.db import db, insert_if_absent
from pbvote.errors import Refusal
from pbvote.grants.awards.models import Award
from pbvote.grants.directory.listing import require_listable
from pbvote.grants.directory.models import Listing
from pbvote.grants.directory.needs import newest_check_ins
from pbvote.grants.network.models import LASTS, CardSide, CardState, WallCard, in_eight_weeks
from pbvote.grants.visits.models import NEEDS, CheckIn
from pbvote.people.models import Account
from pbvote.vote.events.models import Event

MOST_OPEN = 12
"""Cards of one group or one member that are on the wall at the same time."""
_LIVE = (CardState.OPEN, CardState.INTRODUCED)


class TooManyCards(Refusal):
    """More than a wall has room for."""

    def __init__(self) -> None:
        super().__init__(f"You have {MOST_OPEN} cards on the wall. End one of them first.")


@dataclass(frozen=True, slots=True)
class NewCard:
    """What somebody says for the wall."""

    side: CardSide
    kind: str
    """A key of `NEEDS`."""
    sentence: str
    ward_id: int | None


def post_for_group(award: Award, new: NewCard, by: Account) -> WallCard:
    """A need or an offer of a funded group. Whoever writes it agrees to be introduced.

    Raises `NotListable` and `TooManyCards`.
    """
    require_listable(award)
    _require_room(WallCard.award_id == award.id)
    return _post(award.event.share.locality_id, new, award_id=award.id, account_id=by.id)


def post_for_member(locality_id: int, new: NewCard, by: Account) -> WallCard:
    """An offer of a member of the partnership. Raises `TooManyCards`."""
    _require_room(sa.and_(WallCard.account_id == by.id, WallCard.award_id.is_(None)))
    return _post(locality_id, new, account_id=by.id)


def post_for_volunteer(locality_id: int, new: NewCard, volunteer_id: str) -> WallCard:
    """What a resident offered who lends a hand. Name and address stay where they are: here is only the reference."""
    return _post(locality_id, new, volunteer_id=volunteer_id)


def _require_room(mine: sa.ColumnElement[bool]) -> None:
    number = sa.select(sa.func.count()).select_from(WallCard).where(mine, WallCard.state.in_(_LIVE))
    if db.session.scalars(number).one() >= MOST_OPEN:
        raise TooManyCards


def _post(locality_id: int, new: NewCard, **whose: Any) -> WallCard:
    said = {"side": new.side, "kind": new.kind, "sentence": new.sentence, "ward_id": new.ward_id}
    card = WallCard(locality_id=locality_id, **said, **whose)
    db.session.add(card)
    db.session.flush()
    return card


def open_from_visits() -> int:
    """Open a need for all that mentors noted of late and their groups agree to show; how many were opened.

    A group that says so itself already, by an open need of the same kind, is not doubled. Each need of a visit is
    opened once, so one that was ended does not come back.
    """
    wanted = sa.select(Listing.award_id, Listing.ward_id, Share.locality_id)
    wanted = wanted.join(Award, Award.id == Listing.award_id).join(Event, Event.id == Award.event_id)
    wanted = wanted.join(Share, Share.id == Event.share_id)
    rows = db.session.execute(wanted.where(Listing.needs_agreed_on.is_not(None), Award.is_under_way)).all()
    places = {row.award_id: row for row in rows}
    open_needs = sa.select(WallCard.award_id, WallCard.kind).where(WallCard.award_id.in_(list(places)))
    open_needs = open_needs.where(WallCard.side == CardSide.NEED, WallCard.state.in_(_LIVE))
    said = {tuple(row) for row in db.session.execute(open_needs)}
    noted = newest_check_ins(list(places)).where(CheckIn.logged_at > now() - LASTS)
    return sum(
        _open_need(places[check_in.award_id], check_in, kind)
        for check_in in db.session.scalars(noted)
        for kind in NEEDS
        if kind in check_in.needs and (check_in.award_id, kind) not in said
    )


def _open_need(place: sa.Row[*tuple[Any, ...]], check_in: CheckIn, kind: str) -> bool:
    row = {
        "locality_id": place.locality_id,
        "side": CardSide.NEED,
        "kind": kind,
        "sentence": f"Our mentor noted: {_lower(NEEDS[kind])} would help us.",
        "ward_id": place.ward_id,
        "award_id": place.award_id,
        "check_in_id": check_in.id,
        "volunteer_id": "",
        "state": CardState.OPEN,
        "opened_on": today(),
        "ends_on": in_eight_weeks(),
        "taken_down": "",
    }
    return db.session.scalar(insert_if_absent(WallCard, row).returning(WallCard.id)) is not None


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def agree_to_introduction(card_id: int, by: Account) -> None:
    """Somebody of the group agrees that it is introduced, for a need that its mentor noted. Pressed again, nothing
    changes."""
    this = sa.update(WallCard).where(WallCard.id == card_id, WallCard.account_id.is_(None), WallCard.state.in_(_LIVE))
    db.session.execute(this.values(account_id=by.id))
