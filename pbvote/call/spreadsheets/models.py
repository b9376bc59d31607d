"""A sheet between the look at it and the button."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pbvote.core.clock import now
from pbvote.db import Base
from pbvote.spreadsheets.opening import Grid


class _GridAsJson(sa.types.TypeDecorator[Grid]):
    """A grid in a JSON column."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(self, value: Grid | None, _dialect: sa.Dialect) -> object:
        """As it is."""
        return value

    def process_result_value(self, value: list[tuple[int, list[str]]] | None, _dialect: sa.Dialect) -> Grid:
        """JSON has no tuples."""
        return [(number, cells) for number, cells in value or ()]


class WaitingSheet(Base):
    """A sheet of bids that an organiser sent and has not confirmed: one for each of them and round.

    Nothing of it stands. It goes when they confirm it, send another or forget it, and by itself after a day.
    """

    __tablename__ = "waiting_sheet"

    round_id: Mapped[int] = mapped_column(sa.ForeignKey("round.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), primary_key=True, index=True)
    name: Mapped[str]
    """What the file is called."""
    grid: Mapped[Grid] = mapped_column(_GridAsJson)
    sent_at: Mapped[dt.datetime] = mapped_column(default=now)
