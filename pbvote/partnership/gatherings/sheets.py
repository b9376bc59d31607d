"""Who signed up, as a file for those who keep a gathering."""

from collections.abc import Sequence

from pbvote.partnership.gatherings.models import SignUp
from pbvote.spreadsheets.tables import Column, Kind, Table

_COLUMNS = (
    Column("Group", width=30),
    Column("State", width=14),
    Column("People", Kind.WHOLE, 10),
    Column("Came", Kind.WHOLE, 10),
    Column("Can give", Kind.LONG, 40),
    Column("Could use", width=30),
    Column("What exactly", Kind.LONG, 40),
)
_ACCESS = Column("Needs to take part", Kind.LONG, 40)


def sign_up_table(signed_up: Sequence[SignUp], *, with_access: bool) -> Table:
    """Every group that has signed up or walked in. What people need to take part is for those alone who see to it."""
    columns = (*_COLUMNS, _ACCESS) if with_access else _COLUMNS
    return Table("Sign-ups", columns, [_row(one, with_access) for one in signed_up])


def _row(one: SignUp, with_access: bool) -> tuple[str | int | None, ...]:
    state = one.state.value.capitalize().replace("_", " ")
    row = (one.called, state, one.people, one.came, one.gives, ", ".join(one.needs_in_words), one.needs_words)
    return (*row, one.access_needs) if with_access else row
