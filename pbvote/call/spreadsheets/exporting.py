"""Bids as a table. Nothing here writes."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import Bid
from pbvote.call.checking.board import Filter, lines_of
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.rounds.models import Round
from pbvote.call.spreadsheets.columns import PAIRS, frame_of
from pbvote.call.spreadsheets.sheet_bids import cells_of
from pbvote.db import db
from pbvote.people.models import Account
from pbvote.spreadsheets.tables import Table


def whole_bids(round_: Round) -> Sequence[Bid]:
    """The round's bids by reference, with all that a sheet holds of them, in a fixed number of queries."""
    contact = orm.joinedload(Bid.group).selectinload(Group.contacts).joinedload(GroupContact.account, innerjoin=True)
    wanted = sa.select(Bid).where(Bid.round_id == round_.id).order_by(Bid.id)
    wanted = wanted.options(orm.selectinload(Bid.lines), contact.lazyload(Account.grants))
    return db.session.scalars(wanted).all()


def bid_table(round_: Round, chosen: Filter | None = None) -> Table:
    """The round's bids as an import takes them back: those that the board shows by this filter, in its order."""
    bids = whole_bids(round_)
    if chosen is not None and chosen != Filter():
        by_id = {bid.id: bid for bid in bids}
        bids = [by_id[line.id] for line in chosen.of(lines_of(round_)) if line.id in by_id]
    frame = frame_of(round_, max([PAIRS, *(len(bid.lines) for bid in bids)]))
    names = [column.name for column in frame.columns]
    rows = [[cells[name] for name in names] for cells in (cells_of(bid, frame) for bid in bids)]
    return Table(f"Bids, {round_.name}", frame.columns, rows)


def template(round_: Round) -> Table:
    """An empty table, with a note for each column."""
    return Table(f"New bids, {round_.name}", frame_of(round_).columns, [])
