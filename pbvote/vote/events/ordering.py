"""The running order by lot, and a bid a place up or down. Nothing here commits."""

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


def move_bid(event: Event, bid_id: int, places: int) -> None:
    """Move a bid so many places down, or up where it is negative; not beyond an end. Raises `BallotFixed`."""
    hold_ballot(event)
    order = [slot.bid_id for slot in event.running_order]
    if bid_id not in order:
        return
    at = order.index(bid_id)
    order.insert(min(max(0, at + places), len(order) - 1), order.pop(at))
    set_running_order(event, order)
