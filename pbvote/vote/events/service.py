"""Plan events and their running order. Nothing here commits."""

import datetime as dt
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids import progress
from pbvote.call.bids.models import Ask, Bid, BidState
from pbvote.call.bids.service import shortlisted_bids
from pbvote.call.rounds import occasions
from pbvote.call.rounds.models import Round, RoundState, Share
from pbvote.call.rounds.timetable import require_days_in_order
from pbvote.db import db, free_slug
from pbvote.errors import Refusal
from pbvote.filters import day
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event, Slot
from pbvote.vote.poll.states import IS_PUBLIC, TAKES_CHANGES


class RoundNotOpen(Refusal):
    """A round in draft, whose localities may still change."""

    def __init__(self) -> None:
        super().__init__("Open the round first. Then you can plan the event.")


class BallotFixed(Refusal):
    """The poll was opened, so bids and their order stay as they are."""

    def __init__(self) -> None:
        super().__init__("Voting has opened, so the bids and their order can’t change.")


class EventOver(Refusal):
    """What happened, happened there and then."""

    def __init__(self) -> None:
        super().__init__("Voting has closed, so the event’s name, place and hours stay as they were.")


def _whole_events() -> sa.Select[Event]:
    """Events with their shares, rounds and localities, in one statement."""
    share = orm.joinedload(Event.share, innerjoin=True)
    return sa.select(Event).options(
        share.joinedload(Share.round, innerjoin=True), share.joinedload(Share.locality, innerjoin=True)
    )


def event_called(slug: str) -> Event | None:
    """The event with this slug."""
    return db.session.scalar(_whole_events().where(Event.slug == slug))


def event_of(share: Share) -> Event | None:
    """The share's event, where one is planned."""
    return db.session.scalar(sa.select(Event).where(Event.share_id == share.id))


def events_of(shares: Iterable[Share]) -> dict[int, Event]:
    """The events of these shares, by the share's id; a share without one is left out."""
    wanted = _whole_events().where(Event.share_id.in_([share.id for share in shares]))
    return {event.share_id: event for event in db.session.scalars(wanted)}


def events_beside(event: Event) -> dict[int, Event]:
    """The events of the other localities in this one's round, by the locality's id; one without is left out."""
    wanted = _whole_events().join(Event.share).where(Share.round_id == event.share.round_id, Event.id != event.id)
    return {found.share.locality_id: found for found in db.session.scalars(wanted)}


@occasions.found_by
def _occasions(round_id: int, locality_ids: Iterable[int]) -> dict[int, occasions.Occasion]:
    """The day and the place of these localities' events: the wings below write of them and know no event."""
    page = sa.case((Event.published_at.is_not(None), Event.slug), else_="")
    wanted = sa.select(Share.locality_id, Event.place, Event.starts_at, Event.ends_at, page, Event.day)
    wanted = wanted.join(Event.share)
    wanted = wanted.where(Share.round_id == round_id, Share.locality_id.in_(list(locality_ids)))
    return {
        locality_id: occasions.Occasion(place, starts_at, ends_at, page, plan.minutes(0))
        for locality_id, place, starts_at, ends_at, page, plan in db.session.execute(wanted)
    }


def require_open(round_: Round) -> None:
    """Raise `RoundNotOpen` while its shares may still go."""
    if round_.state is not RoundState.OPEN:
        raise RoundNotOpen


def plan_event(
    share: Share,
    name: str,
    place: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    slug: str | None = None,
    *,
    access: str = "",
) -> Event:
    """A share's event. Every bid on the shortlist gets a place in the running order.

    Raises `RoundNotOpen`, and `DaysContradict` where bids are taken on its day or after it.
    """
    require_open(share.round)
    require_days_in_order(share, starts_at, share.bids_close_on)
    wanted = slug or f"{share.locality.slug}-{starts_at.year}"
    event = Event(
        slug=free_slug(wanted, Event.slug),
        share=share,
        name=name,
        place=place,
        access=access,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    db.session.add(event)
    db.session.flush()
    take_in_shortlist(event)
    return event


def load_running_order(event: Event) -> None:
    """Read the event's bids with all that a page may say of them, in three statements however many there are."""
    bid = orm.joinedload(Slot.bid, innerjoin=True)
    wanted = sa.select(Slot).where(Slot.event_id == event.id).order_by(Slot.number)
    wanted = wanted.options(
        bid.joinedload(Bid.group),
        bid.joinedload(Bid.photo),
        bid.selectinload(Bid.asks).joinedload(Ask.locality, innerjoin=True),
        bid.selectinload(Bid.wordings),
    )
    orm.attributes.set_committed_value(event, "running_order", list(db.session.scalars(wanted)))


def missing_bids(event: Event) -> list[Bid]:
    """Bids on the shortlist that have no place in the running order yet."""
    present = {slot.bid_id for slot in event.running_order}
    return [bid for bid in shortlisted_bids(event.share.round, event.share.locality) if bid.id not in present]


def missing_in(events: Iterable[Event]) -> dict[int, int]:
    """How many bids on the shortlist have no place in an event's running order yet, by event; 0 is left out."""
    has_place = sa.exists().where(Slot.event_id == Event.id, Slot.bid_id == Bid.id)
    wanted = (
        sa.select(Event.id, sa.func.count())
        .join(Share, Share.id == Event.share_id)
        .join(Bid, Bid.round_id == Share.round_id)
        .join(Ask, sa.and_(Ask.bid_id == Bid.id, Ask.locality_id == Share.locality_id))
        .where(Event.id.in_([event.id for event in events]), Bid.state == BidState.SHORTLISTED, ~has_place)
        .group_by(Event.id)
    )
    return dict(db.session.execute(wanted).all())


def require_planned(event: Event) -> None:
    """Raise `BallotFixed` once the poll has opened."""
    if event.poll not in TAKES_CHANGES:
        raise BallotFixed


def hold_ballot(event: Event) -> None:
    """Keep everybody else from changing the ballot or opening the poll until the commit. Raises `BallotFixed`."""
    hold(event, TAKES_CHANGES, otherwise=BallotFixed)


def take_in_shortlist(event: Event) -> None:
    """Put what is missing of the shortlist at the end, and take out what is no longer on it. Raises `BallotFixed`."""
    hold_ballot(event)
    shortlist = [bid.id for bid in shortlisted_bids(event.share.round, event.share.locality)]
    kept = [slot.bid_id for slot in event.running_order if slot.bid_id in shortlist]
    set_running_order(event, kept + [bid_id for bid_id in shortlist if bid_id not in kept])


def set_running_order(event: Event, bid_ids: Sequence[int]) -> None:
    """Give the event exactly these bids, in this order. Raises `BallotFixed` once the poll has opened."""
    hold_ballot(event)
    event.running_order.clear()
    db.session.flush()  # the old numbers go before the new ones come
    event.running_order.extend(Slot(number=number, bid_id=bid_id) for number, bid_id in enumerate(bid_ids, 1))
    db.session.flush()


def events_in(localities: frozenset[int]) -> list[Event]:
    """The events of these localities, newest first."""
    wanted = _whole_events().where(Event.share.has(Share.locality_id.in_(localities)))
    return list(db.session.scalars(wanted.order_by(Event.starts_at.desc(), Event.id)))


@progress.told_by
def _standings(bids: Sequence[Bid]) -> dict[int, progress.Standing]:
    """How far these bids have come by their events: of several, the one that is furthest behind decides."""
    wanted = sa.select(Slot.bid_id, Event).join(Event, Event.id == Slot.event_id)
    rows = db.session.execute(wanted.where(Slot.bid_id.in_([bid.id for bid in bids]))).all()
    found: dict[int, progress.Standing] = {}
    for bid_id, event in sorted(rows, key=lambda row: row[1].starts_at, reverse=True):
        if bid_id not in found or not event.is_public:
            found[bid_id] = _standing(event)
    return found


def _standing(event: Event) -> progress.Standing:
    """What an event means for a bid on its ballot."""
    stage = progress.Station
    if event.takes_changes:
        sentence = f"It is on the ballot. Tell residents about it on {day(event.starts_at)} at {event.place}."
        return progress.Standing(stage.ON_THE_BALLOT, sentence)
    if event.takes_votes:
        return progress.Standing(stage.VOTE, "Residents are voting now.")
    if not event.is_public:
        return progress.Standing(stage.VOTE, "Voting is closed. The result comes soon.")
    return progress.Standing(stage.VOTE, "Residents have voted, and the result is public.")


def public_events_in(localities: Iterable[int]) -> list[Event]:
    """The events of these localities whose result everybody can read."""
    wanted = _whole_events().where(Event.share.has(Share.locality_id.in_(list(localities))))
    return list(db.session.scalars(wanted.where(Event.poll.in_(IS_PUBLIC)).order_by(Event.id)))
