"""A wall as a file: what its keepers see, and no name or address."""

import datetime as dt

from pbvote.grants.network.introducing import WallToKeep
from pbvote.grants.network.models import WallCard
from pbvote.spreadsheets.tables import Column, Kind, Table

_COLUMNS = (
    Column("Card", width=12),
    Column("Kind", width=24),
    Column("What it says", Kind.LONG, 50),
    Column("Whose", width=30),
    Column("Ward", width=20),
    Column("State", width=14),
    Column("Since", Kind.DAY, 14),
    Column("Until", Kind.DAY, 14),
    Column("Fits or introduced to", Kind.LONG, 40),
    Column("Answers that wait", Kind.WHOLE, 16),
)


def wall_table(wall: WallToKeep) -> Table:
    """Open needs with the offers that fit, offers, and whoever was introduced."""
    rows = [_row(each.need, [offer.by for offer in each.offers], wall) for each in wall.needs]
    rows += [_row(offer, [], wall) for offer in wall.offers]
    for need, offer, _ in wall.introduced:
        rows += [_row(need, [offer.by], wall), _row(offer, [need.by], wall)]
    return Table("Needs and offers", _COLUMNS, rows)


def _row(card: WallCard, others: list[str], wall: WallToKeep) -> tuple[str | int | dt.date, ...]:
    about = (card.side.value.capitalize(), card.kind_words, card.sentence, card.by, card.ward_name)
    when = (card.state.value.capitalize(), card.opened_on, card.ends_on)
    return *about, *when, ", ".join(others), len(wall.answers.get(card.id, ()))
