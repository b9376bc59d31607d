"""A directory as a file: what its page shows, and nothing else."""

from collections.abc import Sequence

from pbvote.grants.directory.listed import ListedGroup
from pbvote.spreadsheets.tables import Column, Kind, Table, money_column


def directory_table(groups: Sequence[ListedGroup], currency: str) -> Table:
    """These groups, in their order."""
    columns = (
        Column("Group", width=30),
        Column("Project", width=30),
        Column("What it does", Kind.LONG, 50),
        Column("Theme", width=24),
        Column("Ward", width=20),
        Column("Postcode district", width=16),
        Column("Could use", width=30),
        Column("Website", width=30),
        Column("Round", width=30),
        money_column("Grant", currency),
    )
    return Table("Funded groups", columns, [_row(group) for group in groups])


def _row(group: ListedGroup) -> tuple[str | int, ...]:
    needs = ", ".join(group.needs_in_words)
    place = (group.ward, group.district, needs, group.website)
    return group.called, group.project, group.sentence, group.theme.words, *place, group.round, group.award_pence
