"""Introduce a need and an offer to each other, and take a card down. Nothing here commits."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.core.clock import today
from pbvote.core.working_days import working_days_after
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.grants.network import letters
from pbvote.grants.network.cards import CardMoved, hold_card, hold_cards, is_on_wall, open_answers, whole_cards
from pbvote.grants.network.models import CardSide, CardState, Introduction, WallAnswer, WallCard, in_eight_weeks
from pbvote.grants.network.saying import end_held
from pbvote.localities.models import Locality
from pbvote.people.models import Account

WAITS_AFTER = 5
"""Working days after which a need that an offer fits waits too long."""


class NotYetAgreed(Refusal):
    """Nobody has said that a name and an address may be passed on."""

    def __init__(self, card: WallCard) -> None:
        super().__init__(
            f"{card.by} has not said yet that we may introduce it. Ask it to, on its page under My grants."
        )


class DoNotFit(Refusal):
    """Two cards that are no need and offer of one kind and one locality."""

    status = 422

    def __init__(self) -> None:
        super().__init__("Choose an offer of the same kind")


@dataclass(frozen=True, slots=True)
class NeedToIntroduce:
    """A need, what fits it, and what was answered to it."""

    need: WallCard
    offers: Sequence[WallCard]
    """Open offers of the same kind: those of the same ward first, then the oldest."""
    answers: Sequence[WallAnswer]
    """What its group has not answered."""

    @property
    def is_agreed(self) -> bool:
        """Whether somebody said that the group may be introduced."""
        return bool(letters.who_is_reached(self.need))

    def has_answered(self, offer: WallCard) -> bool:
        """Whether somebody answered the need from this offer."""
        return any(answer.own_card_id == offer.id for answer in self.answers)

    @property
    def waits_too_long(self) -> bool:
        """Whether an offer has fitted it for more than five working days, and nobody was introduced."""
        fits_since = max(self.need.opened_on, min(offer.opened_on for offer in self.offers)) if self.offers else None
        return fits_since is not None and working_days_after(fits_since, WAITS_AFTER) < today()


@dataclass(frozen=True, slots=True)
class WallToKeep:
    """A locality's cards, as whoever keeps the wall sees them."""

    needs: Sequence[NeedToIntroduce]
    """Those that are open, the one that has waited the longest first."""
    offers: Sequence[WallCard]
    introduced: Sequence[tuple[WallCard, WallCard, Introduction]]
    """Need and offer, the oldest first."""
    helped: int
    answers: Mapping[int, Sequence[WallAnswer]]
    """What waits for an answer, by the card."""

    @classmethod
    def of(cls, locality: Locality) -> "WallToKeep":
        """In three statements."""
        wanted = whole_cards().where(WallCard.locality_id == locality.id, is_on_wall()).order_by(WallCard.id)
        cards = {card.id: card for card in db.session.scalars(wanted)}
        waiting = open_answers(list(cards))
        answers = {key: [each for each in waiting if each.card_id == key] for key in cards}
        offers = [card for card in cards.values() if not card.is_need and card.state is CardState.OPEN]
        needs = [card for card in cards.values() if card.is_need and card.state is CardState.OPEN]
        live = sa.select(Introduction).where(Introduction.need_id.in_(list(cards)), Introduction.outcome.is_(None))
        pairs = db.session.scalars(live.order_by(Introduction.id))
        return cls(
            needs=[NeedToIntroduce(need, fitting(need, offers), answers[need.id]) for need in needs],
            offers=offers,
            introduced=[(cards[it.need_id], cards[it.offer_id], it) for it in pairs if it.offer_id in cards],
            helped=sum(card.is_need and card.state is CardState.HELPED for card in cards.values()),
            answers={key: found for key, found in answers.items() if found},
        )


def needs_to_introduce(locality: Locality) -> int:
    """How many open needs of a locality an open offer fits: somebody can introduce them now."""
    wanted = sa.select(WallCard).where(WallCard.locality_id == locality.id, is_on_wall())
    cards = db.session.scalars(wanted.where(WallCard.state == CardState.OPEN).order_by(WallCard.id)).all()
    offers = [card for card in cards if not card.is_need]
    return sum(bool(fitting(card, offers)) for card in cards if card.is_need)


def fitting(need: WallCard, offers: Sequence[WallCard]) -> list[WallCard]:
    """The open offers that fit a need: another's, of the same kind and locality. Those of its ward first, then the
    oldest."""
    fit = [
        offer
        for offer in offers
        if offer.kind == need.kind and offer.locality_id == need.locality_id and offer.award_id != need.award_id
    ]
    return sorted(fit, key=lambda offer: (offer.ward_id != need.ward_id or need.ward_id is None, offer.id))


def introduce_cards(locality: Locality, need_id: int, offer_id: int, by: Account) -> tuple[WallCard, WallCard]:
    """Introduce the two to each other by a letter to each. Of two who press at once, the second is refused.

    Raises `CardMoved`, `DoNotFit` and `NotYetAgreed`.
    """
    held = {card.id: card for card in hold_cards({need_id, offer_id})}
    need, offer = held.get(need_id), held.get(offer_id)
    if need is None or offer is None or {need.state, offer.state} != {CardState.OPEN}:
        raise CardMoved
    is_here = locality.id == need.locality_id and (need.side, offer.side) == (CardSide.NEED, CardSide.OFFER)
    if not is_here or not fitting(need, [offer]):
        raise DoNotFit
    for card in (need, offer):
        if not letters.who_is_reached(card):
            raise NotYetAgreed(card)
    for card in (need, offer):
        card.state, card.ends_on, card.asked_on = CardState.INTRODUCED, in_eight_weeks(), None
    db.session.add(Introduction(need_id=need.id, offer_id=offer.id, made_by_id=by.id))
    letters.introduce_to_each_other(need, offer)
    db.session.flush()
    return need, offer


def take_down(card_id: int, why: str) -> None:
    """Take a card off the wall; its author reads why. Raises `CardMoved` where it is off already."""
    held = hold_card(card_id)
    if held.card.state is CardState.ENDED:
        raise CardMoved
    end_held(held, why)
    letters.say_taken_down(held.card)
    db.session.flush()


def needs_kept_waiting() -> Mapping[Locality, int]:
    """How many needs wait too long for an introduction, by locality, in one statement."""
    wanted = whole_cards().where(WallCard.state == CardState.OPEN, is_on_wall()).order_by(WallCard.id)
    cards = db.session.scalars(wanted).all()
    offers = [card for card in cards if not card.is_need]
    needs = [NeedToIntroduce(card, fitting(card, offers), ()) for card in cards if card.is_need]
    return Counter(each.need.locality for each in needs if each.waits_too_long and each.is_agreed)
