"""The demonstration's needs and offers: on every wall something is open, and somebody has helped."""

import datetime as dt
from typing import Final, NamedTuple

import sqlalchemy as sa

from pbvote.call.bids.models import Bid
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.rounds.models import Round
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import award_of
from pbvote.grants.network.introducing import introduce_cards
from pbvote.grants.network.models import LASTS, CardSide, Introduction, WallAnswer, WallCard
from pbvote.grants.network.posting import NewCard, open_from_visits, post_for_group, post_for_member
from pbvote.grants.network.saying import AuthorSays, say
from pbvote.grants.network.volunteers import hands_lent, post_hand
from pbvote.localities.models import Locality
from pbvote.localities.service import locality_called
from pbvote.people.models import Account

NEED, OFFER = CardSide.NEED, CardSide.OFFER


class _Card(NamedTuple):
    side: CardSide
    kind: str
    by: str
    """A group, or a member of the partnership."""
    sentence: str
    ago: int
    """Days since it was opened."""
    ward: str = ""


_OPEN: Final[dict[str, tuple[_Card, ...]]] = {
    "old-trafford-stretford": (
        _Card(OFFER, "equipment", "Marek Nowak", "Tools from the tool library, lent for a weekend.", 20, "Gorse Hill"),
        _Card(NEED, "advice", "Stretford Steel Band", "Somebody to read our accounts before we send them.", 14),
        _Card(OFFER, "advice", "Ruth Adeyemi", "An evening with your books, and a cup of tea.", 15),
        _Card(OFFER, "venue", "Marek Nowak", "The hall beside the library, free on weekday mornings.", 9),
    ),
    "urmston-partington": (
        _Card(
            NEED, "equipment", "Moss Vale Neighbours", "A ladder that reaches a gutter, for two days.", 16, "Flixton"
        ),
        _Card(OFFER, "equipment", "Lena Fox", "A long ladder, and somebody to hold it.", 12, "Flixton"),
        _Card(NEED, "publicity", "Davyhulme Knitters", "Somebody who can draw a poster for our fair.", 9),
        _Card(OFFER, "advice", "Imran Ali", "Help with forms, at the library on Tuesdays.", 5, "Urmston"),
    ),
    "sale": (
        _Card(OFFER, "advice", "Ada Byrne", "I chaired a charity for ten years, and read accounts.", 11, "Priory"),
        _Card(NEED, "volunteers", "Ashton Lane Friends", "Somebody with a key to the lodge, on Thursdays.", 3),
        _Card(NEED, "venue", "Sale Moor Sewing Room", "A dry room for two machines, while ours is painted.", 2),
        _Card(OFFER, "publicity", "Sam Okoro", "Two pages in the Sale newsletter each month.", 8),
    ),
    "south-trafford": (
        _Card(NEED, "venue", "Timperley Tuesday Club", "A dark room with forty chairs, one Sunday a month.", 3),
        _Card(NEED, "equipment", "Broadheath Repair Table", "A soldering iron, and a lamp to see by.", 4, "Broadheath"),
        _Card(OFFER, "venue", "Nasreen Baig", "A hall with a kitchen, free on Sunday afternoons.", 18, "Broadheath"),
        _Card(OFFER, "publicity", "Nasreen Baig", "A stall at the summer fair, for any group.", 6),
        _Card(OFFER, "advice", "Dr Ewa Zielinska", "How to plan for first aid at an event.", 13, "Timperley"),
        _Card(OFFER, "partner", "Dr Ewa Zielinska", "A walking group of patients that likes company.", 4),
    ),
}
_PAIRS: Final[dict[str, tuple[tuple[_Card, _Card, bool], ...]]] = {
    "old-trafford-stretford": (
        (
            _Card(
                NEED, "volunteers", "Limelight Gardeners", "Four people to dig on a Saturday in spring.", 25, "Clifford"
            ),
            _Card(OFFER, "volunteers", "Longford Park Runners", "Twelve runners who like to dig.", 21),
            False,
        ),
        (
            _Card(NEED, "partner", "Old Trafford Women’s Kitchen", "A group that grows herbs near us.", 40, "Clifford"),
            _Card(OFFER, "partner", "Limelight Gardeners", "Mint, sage and tomatoes from our pots.", 38, "Clifford"),
            True,
        ),
    ),
    "urmston-partington": (
        (
            _Card(
                NEED, "volunteers", "Flixton Footpath Friends", "Two people for a litter pick in June.", 30, "Flixton"
            ),
            _Card(OFFER, "volunteers", "June Cole", "My walking club: six of us, with gloves.", 28),
            False,
        ),
        (
            _Card(
                NEED, "venue", "Davyhulme Knitters", "A warm room with good light, on Thursdays.", 45, "Davyhulme East"
            ),
            _Card(OFFER, "venue", "Tom Reid", "A meeting room at the council’s depot.", 44, "Davyhulme East"),
            True,
        ),
    ),
    "sale": (
        (
            _Card(NEED, "advice", "Sale Moor Sewing Room", "Somebody to explain insurance to us.", 50, "Sale Moor"),
            _Card(OFFER, "advice", "Sam Okoro", "I insured a village hall for six years.", 48),
            True,
        ),
    ),
    "south-trafford": (
        (
            _Card(NEED, "partner", "Broadheath Repair Table", "A group with broken things for us to mend.", 42),
            _Card(OFFER, "partner", "Nasreen Baig", "The market traders’ box of lamps, each Tuesday.", 41),
            True,
        ),
    ),
}
_HANDS: Final = (
    ("volunteers", "Somebody to dig, paint and carry."),
    ("equipment", "A van with its driver, on Saturdays."),
)


def put_up_walls(round_: Round, organiser: Account) -> None:
    """Cards in all states, some noted by mentors; two introductions that run, four that helped, and an answer that
    waits."""
    open_from_visits()
    for slug, cards in _OPEN.items():
        for each in cards:
            _put_up(_locality(slug), each)
    for slug, pairs in _PAIRS.items():
        for need, offer, has_helped in pairs:
            locality = _locality(slug)
            first, second = _put_up(locality, need), _put_up(locality, offer)
            introduce_cards(locality, first.id, second.id, organiser)
            _date_back(first.id, need.ago - 15)
            if has_helped:
                say(first.id, AuthorSays.HELPED)
    for hand, (kind, sentence) in zip(hands_lent(round_), _HANDS, strict=False):
        post_hand(hand, NewCard(OFFER, kind, sentence, None))
    _end_one(_locality("old-trafford-stretford"))
    _leave_answer()


def _locality(slug: str) -> Locality:
    found = locality_called(slug)
    if found is None:
        raise LookupError(slug)
    return found


def _put_up(locality: Locality, said: _Card) -> WallCard:
    ward = next((ward.id for ward in locality.wards if ward.name == said.ward), None)
    new = NewCard(said.side, said.kind, said.sentence, ward)
    award = db.session.scalar(
        sa.select(Award.id)
        .join(Bid, Bid.id == Award.bid_id)
        .join(Group, Group.id == Bid.group_id)
        .where(Group.name == said.by)
    )
    if award:
        found = award_of(award)
        contact = sa.select(Account).join(GroupContact, GroupContact.account_id == Account.id)
        contact = contact.join(Group, Group.id == GroupContact.group_id).where(Group.name == said.by)
        by = db.session.scalars(contact).first()
        card = post_for_group(found, new, by) if found and by else None
    else:
        member = db.session.scalars(sa.select(Account).where(Account.name == said.by)).one()
        card = post_for_member(locality.id, new, member)
    if card is None:
        raise LookupError(said.by)
    card.opened_on = today() - dt.timedelta(days=said.ago)
    card.ends_on = card.opened_on + LASTS
    db.session.flush()
    return card


def _date_back(need_id: int, days: int) -> None:
    made_on = today() - dt.timedelta(days=days)
    db.session.execute(sa.update(Introduction).where(Introduction.need_id == need_id).values(made_on=made_on))
    for card in db.session.scalars(sa.select(WallCard).where(WallCard.id == need_id)):
        card.ends_on = made_on + LASTS


def _end_one(locality: Locality) -> None:
    lent = _Card(OFFER, "venue", "Marek Nowak", "The tool library’s back room, until it was let.", 30)
    say(_put_up(locality, lent).id, AuthorSays.END)


def _leave_answer() -> None:
    """Somebody answered a group nine days ago, and waits."""
    wanted = (
        sa.select(WallCard.id).where(WallCard.kind == "publicity", WallCard.side == NEED).order_by(WallCard.id.desc())
    )
    card_id, on = db.session.scalars(wanted).first(), today() - dt.timedelta(days=9)
    said = {"name": "Joan Sykes", "email": "joan.sykes@mail.example", "words": "I paint shop signs. Shall I come by?"}
    db.session.add(WallAnswer(card_id=card_id, asked_on=on, confirmed_on=on, **said))
