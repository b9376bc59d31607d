"""Find cards: those that everybody sees, those of a group or a member, one to change. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import Bid
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.grants.awards.models import Award
from pbvote.grants.directory.models import Listing
from pbvote.grants.directory.visible import may_be_listed
from pbvote.grants.network.models import CardSide, CardState, Introduction, WallAnswer, WallCard
from pbvote.grants.visits.models import NEEDS
from pbvote.localities.models import Locality
from pbvote.people.models import Account
from pbvote.vote.residents.models import Volunteer

_KINDS: Final = list(NEEDS)


class CardMoved(Refusal):
    """Somebody else moved the card, or ended it, while a page of it was open."""

    def __init__(self) -> None:
        super().__init__("This has changed since the page was opened. Look at it again.")


def whole_cards() -> sa.Select[WallCard]:
    """Cards with all that a page or a letter says of them, in one statement."""
    bid = orm.joinedload(WallCard.award).joinedload(Award.bid)
    return sa.select(WallCard).options(
        orm.joinedload(WallCard.ward),
        orm.joinedload(WallCard.locality),
        orm.joinedload(WallCard.account).lazyload(Account.grants),
        orm.joinedload(WallCard.volunteer),
        bid.lazyload(Bid.asks),
        bid.joinedload(Bid.group),
    )


def is_on_wall() -> sa.ColumnElement[bool]:
    """Whether everybody may read a card: it lasts, and whoever's word it takes has not taken that back."""
    is_listed = sa.exists().where(Award.id == WallCard.award_id, may_be_listed())
    shows = sa.exists().where(Listing.award_id == WallCard.award_id, Listing.needs_agreed_on.is_not(None))
    is_here = sa.exists().where(Volunteer.id == WallCard.volunteer_id)
    return sa.and_(
        WallCard.state != CardState.ENDED,
        WallCard.ends_on >= today(),
        sa.or_(WallCard.award_id.is_(None), is_listed),
        # What a mentor noted is public as long as the group says so, or once somebody of the group made it their own.
        sa.or_(WallCard.check_in_id.is_(None), WallCard.account_id.is_not(None), shows),
        sa.or_(WallCard.volunteer_id == "", is_here),
    )


def wall_of(locality: Locality) -> list[WallCard]:
    """The cards of a locality's wall, by ward and kind, in one statement."""
    wanted = whole_cards().where(WallCard.locality_id == locality.id, is_on_wall())
    return sorted(db.session.scalars(wanted), key=_by_ward_and_kind)


def _by_ward_and_kind(card: WallCard) -> tuple[str, int, int]:
    """Where any ward will do comes first; the newest of its kind in front."""
    return card.ward_name, _KINDS.index(card.kind), -card.id


def card_on_wall(locality: Locality, card_id: int) -> WallCard | None:
    """The card with this id, where everybody may read it."""
    wanted = whole_cards().where(WallCard.id == card_id, WallCard.locality_id == locality.id, is_on_wall())
    return db.session.scalar(wanted)


def cards_of_award(award: Award) -> list[WallCard]:
    """What a funded group could use and can give, the newest first; what has ended, too, as long as it is kept."""
    wanted = whole_cards().where(WallCard.award_id == award.id).order_by(WallCard.id.desc())
    return list(db.session.scalars(wanted))


def offers_of_member(member: Account) -> list[WallCard]:
    """What a member of a partnership offers, the newest first."""
    mine = sa.and_(WallCard.account_id == member.id, WallCard.award_id.is_(None))
    return list(db.session.scalars(whole_cards().where(mine).order_by(WallCard.id.desc())))


@dataclass(frozen=True, slots=True)
class HeldCard:
    """A card whose row is held until the commit, with the introduction that it is in, and the card at the other end."""

    card: WallCard
    introduction: Introduction | None = None
    partner: WallCard | None = None


def hold_card(card_id: int) -> HeldCard:
    """Hold a card, and the one that it is introduced to, in one order for everybody. Raises `CardMoved`."""
    before = introduction_of(card_id)
    ids = {card_id, *((before.need_id, before.offer_id) if before else ())}
    held = {card.id: card for card in hold_cards(ids)}
    now = introduction_of(card_id)
    if card_id not in held or (now and now.id) != (before and before.id):
        raise CardMoved
    other = next((each for key, each in held.items() if key != card_id), None)
    return HeldCard(held[card_id], now, other)


def hold_cards(card_ids: set[int]) -> list[WallCard]:
    """Hold these cards' rows, in the order of their ids, and read them as they are by then."""
    held = whole_cards().where(WallCard.id.in_(card_ids)).order_by(WallCard.id).with_for_update(of=WallCard)
    return list(db.session.scalars(held.execution_options(populate_existing=True)))


def introduction_of(card_id: int) -> Introduction | None:
    """The introduction that a card is in at present."""
    is_in = sa.or_(Introduction.need_id == card_id, Introduction.offer_id == card_id)
    wanted = sa.select(Introduction).where(is_in, Introduction.outcome.is_(None))
    return db.session.scalar(wanted.execution_options(populate_existing=True))


def open_answers(card_ids: Sequence[int]) -> list[WallAnswer]:
    """What was answered to these cards and their authors have not answered yet, the oldest first."""
    waits = sa.and_(WallAnswer.confirmed_on.is_not(None), WallAnswer.answered_on.is_(None))
    wanted = sa.select(WallAnswer).where(WallAnswer.card_id.in_(card_ids), waits).order_by(WallAnswer.id)
    return list(db.session.scalars(wanted))


def own_cards(account: Account, side: CardSide, locality_id: int, award_ids: Sequence[int]) -> list[WallCard]:
    """The open cards of one side from which somebody may answer: their groups', and their own."""
    mine = sa.or_(
        WallCard.award_id.in_(award_ids), sa.and_(WallCard.account_id == account.id, WallCard.award_id.is_(None))
    )
    wanted = whole_cards().where(mine, WallCard.side == side, WallCard.locality_id == locality_id)
    return list(db.session.scalars(wanted.where(WallCard.state == CardState.OPEN, is_on_wall()).order_by(WallCard.id)))
