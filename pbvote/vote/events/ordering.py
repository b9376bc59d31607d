"""The running order by lot, and a bid moved to another place. Nothing here commits."""

import secrets

import sqlalchemy as sa

from pbvote.core.lots import order_by_lot
from pbvote.db import db
from pbvote.people.models import Account
from pbvote.vote.events.models import Event, OrderDraw
from pbvote.vote.events.service import hold_ballot, set_running_order


def draw_order(event: Event, by: Account) -> OrderDraw:
    """Draw the order of the bids in the running order, and keep the seed. Raises `BallotFixed`."""
    hold_ballot(event)
    bids = {slot.bid.reference: slot.bid_id for slot in event.running_order}
    seed = secrets.token_hex(8)
    drawn = OrderDraw(event_id=event.id, seed=seed, references=order_by_lot(seed, bids), account=by)
    db.session.add(drawn)
    set_running_order(event, [bids[reference] for reference in drawn.references])
    return drawn


def draws_of(event: Event) -> list[OrderDraw]:
    """Every draw of the event's order, oldest first."""
    return list(db.session.scalars(sa.select(OrderDraw).where(OrderDraw.event_id == event.id).order_by(OrderDraw.id)))


def move_bid(event: Event, bid_id: int, place: int) -> None:
    """Give a bid this place, the first being 1; beyond an end, the place at that end. Raises `BallotFixed`."""
    hold_ballot(event)
    order = [slot.bid_id for slot in event.running_order]
    if bid_id not in order:
        return
    order.remove(bid_id)
    order.insert(max(0, place - 1), bid_id)
    set_running_order(event, order)
