"""Check-ins as a table."""

from collections.abc import Sequence

from pbvote.grants.awards.models import Award
from pbvote.grants.visits.colour import Doing
from pbvote.grants.visits.forms import CONTACT_METHODS, STANDINGS
from pbvote.grants.visits.models import NEEDS, CheckIn
from pbvote.grants.visits.service import FundedGroup
from pbvote.spreadsheets.tables import Cell, Column, Kind, Table

COLUMNS = (
    Column("Locality"),
    Column("Group", width=30),
    Column("Project", width=30),
    Column("Met on", Kind.DAY, 18),
    Column("How", width=14),
    Column("Doing", width=24),
    Column("Could use", width=30),
    Column("Facts", Kind.LONG, 50),
    Column("Logged by", width=24),
    Column("Next visit", Kind.DAY, 18),
    Column("Colour now", width=12),
    Column("Why", width=40),
)


def check_in_table(check_ins: Sequence[tuple[Award, CheckIn]], funded: Sequence[FundedGroup]) -> Table:
    """Check-ins as members logged them, and how each group is doing now.

    Concerns stay out: a file goes further than the page that guards them.
    """
    now = {group.award.id: group.doing for group in funded}
    return Table("Check-ins", COLUMNS, [_row(award, check_in, now[award.id]) for award, check_in in check_ins])


def _row(award: Award, check_in: CheckIn, doing: Doing) -> Sequence[Cell]:
    bid, locality = award.bid, award.event.share.locality
    needs = ", ".join(NEEDS.get(need, need) for need in check_in.needs)
    how, said = CONTACT_METHODS[check_in.contact_method], STANDINGS[check_in.standing]
    about = (locality.name, bid.group.name if bid.group else "", bid.title, check_in.met_on, how, said)
    logged = (needs, check_in.words, check_in.account.name, check_in.next_on)
    return (*about, *logged, doing.colour.name.capitalize(), "; ".join(doing.reasons))
