"""The register as a file: a column for each thing that the Code asks for, and what finds the grant again."""

from pbvote.public_account.register.shown import GrantRegister
from pbvote.spreadsheets.tables import Column, Kind, Table, money_column

CODE = "Local Government Transparency Code 2015"
COLUMNS = (
    Column("Date awarded", Kind.DAY, 16, "The day on which the council decided."),
    Column("From", Kind.DAY, 16, "The first day of the grant: the group heard of it then."),
    Column("Until", Kind.DAY, 16, "The last day on which the money is spent."),
    Column("Department", width=28, note="The department of the council that awarded the grant."),
    Column("Beneficiary", width=34, note="The group that the grant was awarded to."),
    Column("Registered number", Kind.NUMBERED, 28, "Its charity or company number, as org-id.guide writes it."),
    Column("Purpose", width=34, note="What the group called its project."),
    Column("Summary", Kind.LONG, 60, "What the group told residents that it would do."),
    money_column("Amount", "GBP", note="What was awarded. A grant that the group declined is not in the register."),
    Column("Locality", width=26, note="Out of whose share it was awarded."),
    Column("Round", width=30, note="In which round."),
    Column("Grant", Kind.WHOLE, 10, "The grant’s own number. It never changes."),
    Column("As at", Kind.DAY, 16, "The day on which this was read."),
)


def register_table(register: GrantRegister, department: str) -> Table:
    """A row for each grant."""
    rows = (
        (
            *(grant.decided_on, grant.told_on, grant.ends_on, department, grant.group, grant.registered),
            *(grant.project, grant.summary, grant.awarded, grant.locality, grant.round, grant.award_id, register.day),
        )
        for grant in register.grants()
    )
    return Table("Register of grants", COLUMNS, rows, "What the columns say")
