"""Awards as a table."""

from collections.abc import Sequence

from pbvote.grants.awards.models import Award
from pbvote.spreadsheets.tables import Cell, Column, Kind, Table, money_column
from pbvote.vote.events.models import Event


def award_table(event: Event, awards: Sequence[Award]) -> Table:
    """An event's awards, as the desk lists them."""
    columns = (
        Column("Number", width=10),
        Column("Project", width=30),
        Column("Group", width=30),
        Column("Charity or company number", Kind.NUMBERED, 24),
        money_column("Award", event.share.round.currency),
        Column("Stage", width=14),
        Column("Decided on", Kind.DAY, 18),
    )
    return Table(f"Awards, {event.name}", columns, [_row(award) for award in awards])


def _row(award: Award) -> Sequence[Cell]:
    bid, group = award.bid, award.bid.group
    name, number = (group.name, group.registered_number) if group else ("", "")
    stage = award.state.value.replace("_", " ").capitalize()
    return (bid.reference, bid.title, name, number, award.award_pence, stage, award.decided_on)
