"""The money as files: the awards one by one, and every figure of every locality."""

from collections.abc import Sequence
from typing import Final

from pbvote.public_account.figures.definitions import PublicFigure
from pbvote.public_account.spending.shown import RoundSpent
from pbvote.spreadsheets.tables import Cell, Column, Kind, Table, money_column

_OF_A_GRANT: Final = (PublicFigure.AWARDED, PublicFigure.PAID, PublicFigure.RETURNED)


def grants_table(spent: RoundSpent) -> Table:
    """A row for each award that stands."""
    currency = spent.round.currency
    columns = (
        Column("Locality", width=26),
        Column("Group", width=30),
        Column("Project", width=30),
        Column("Theme", width=24),
        Column("Ward", width=20),
        *(
            money_column(figure.words, currency)
            for figure in (PublicFigure.AWARDED, PublicFigure.PAID, PublicFigure.RETURNED)
        ),
        Column("As at", Kind.DAY, 12),
    )
    rows = [
        (
            *(award.locality, award.group, award.project, award.theme.words if award.theme else "", award.ward),
            *(award.awarded, award.paid, award.returned, spent.day),
        )
        for award in spent.awards
    ]
    return Table("Grants", columns, rows)


def figures_table(spent: RoundSpent) -> Table:
    """A row for each locality whose result is public, with every figure."""
    currency = spent.round.currency
    named = [
        money_column(figure.words, currency, note=figure.sentence)
        if figure.is_money
        else Column(figure.words, Kind.WHOLE, 10, note=figure.sentence)
        for figure in PublicFigure
    ]
    columns = (Column("Round", width=30), Column("Locality", width=26), *named, Column("As at", Kind.DAY, 12))
    rows: list[Sequence[Cell]] = [
        [spent.round.name, each.name, *(each.figures[figure] for figure in PublicFigure), spent.day]
        for each in spent.localities
    ]
    return Table("Figures", columns, rows)
