"""Check-ins as a table."""

from collections.abc import Sequence

from pbvote.grants.awards.models import Award
from pbvote.grants.visits.forms import COLOURS, CONTACT_METHODS
from pbvote.grants.visits.models import NEEDS, CheckIn
from pbvote.spreadsheets.tables import Cell, Column, Kind, Table

COLUMNS = (
    Column("Locality"),
    Column("Group", width=30),
    Column("Project", width=30),
    Column("Met on", Kind.DAY, 18),
    Column("How", width=14),
    Column("Doing", width=10),
    Column("Could use", width=30),
    Column("Facts", Kind.LONG, 50),
    Column("Logged by", width=24),
    Column("Next visit", Kind.DAY, 18),
)


def check_in_table(check_ins: Sequence[tuple[Award, CheckIn]]) -> Table:
    """Check-ins as members logged them. Concerns stay out: a file goes further than the page that guards them."""
    return Table("Check-ins", COLUMNS, [_row(award, check_in) for award, check_in in check_ins])


def _row(award: Award, check_in: CheckIn) -> Sequence[Cell]:
    bid, locality = award.bid, award.event.share.locality
    needs = ", ".join(NEEDS.get(need, need) for need in check_in.needs)
    how, doing = CONTACT_METHODS[check_in.contact_method], COLOURS[check_in.standing][0]
    about = (locality.name, bid.group.name if bid.group else "", bid.title, check_in.met_on, how, doing)
    return (*about, needs, check_in.words, check_in.account.name, check_in.next_on)
