"""The grants as files: JSON as 360Giving has it, and the same as a spreadsheet. Row by row, whatever their number."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import IO, Any, Final

from pbvote.addresses import base_url, giving_page
from pbvote.core.clock import UK
from pbvote.public_account.figures.grants import StandingGrant
from pbvote.public_account.giving.checks import sound
from pbvote.public_account.giving.funder import Funder
from pbvote.public_account.giving.grants import grant_object
from pbvote.spreadsheets.tables import TEXTS, Cell, Column, Kind, Table

LICENCE: Final = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
VERSION: Final = "1.4"
"""Of the standard, as the file names it."""


def _money(title: str, note: str) -> Column:
    return Column(title, Kind.MONEY, 16, note)


def _day(title: str, note: str) -> Column:
    return Column(title, Kind.DAY, 16, note)


def write_json(
    file: IO[bytes], grants: Iterable[StandingGrant], funder: Funder, published_at: dt.datetime, changed_at: dt.datetime
) -> None:
    """The package: a line for each grant, so that two of them can be compared, after what is said of all of them."""
    for name, value in _package(funder, published_at, changed_at).items():
        file.write(f"{'{' if name == 'version' else ','}{_text(name)}:{_text(value)}\n".encode())
    file.write(b',"grants":[')
    for number, grant in enumerate(sound(grants)):
        file.write(f"{',' if number else ''}\n{_text(grant_object(grant, funder))}".encode())
    file.write(b"\n]}\n")


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _package(funder: Funder, published_at: dt.datetime, changed_at: dt.datetime) -> Mapping[str, Any]:
    return {
        "version": VERSION,
        "title": f"Grants of {funder.name}",
        "description": "Grants to voluntary groups, chosen by residents or by members of a Locality Partnership."
        " A grant that its group declined is left out.",
        "identifier": f"{funder.prefix}-grants",
        "publisher": {"identifier": funder.id, "name": funder.name, "website": base_url()},
        "license": LICENCE,
        "issued": published_at.astimezone(UK).date().isoformat(),
        "modified": changed_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "downloadURL": f"{giving_page()}.json",
        "accessURL": giving_page(),
    }


FIELDS: Final[tuple[tuple[Column, tuple[str | int, ...]], ...]] = (
    (Column("Identifier", width=20, note="What the grant is called everywhere and for good."), ("id",)),
    (Column("Title", width=34, note="What the group called its project."), ("title",)),
    (Column("Description", Kind.LONG, 60, "What the group told residents that it would do."), ("description",)),
    (Column("Currency", width=10, note="GBP is the pound."), ("currency",)),
    (_money("Amount Applied For", "What the group’s bid asked of the locality’s share."), ("amountAppliedFor",)),
    (_money("Amount Awarded", "What the council promised."), ("amountAwarded",)),
    (
        _money("Amount Disbursed", "What has reached the group. What it sent back is not taken off."),
        ("amountDisbursed",),
    ),
    (Column("Award Date", Kind.DAY, 16, "The day on which the council decided."), ("awardDate",)),
    (Column("URL", width=30, note="The grant’s own page."), ("url",)),
    (_day("Planned Dates:Start Date", "When the group said yes, or heard."), ("plannedDates", 0, "startDate")),
    (_day("Planned Dates:End Date", "The last day, as the group accepted it."), ("plannedDates", 0, "endDate")),
    (_day("Actual Dates:Start Date", "The same, of a grant that is closed."), ("actualDates", 0, "startDate")),
    (_day("Actual Dates:End Date", "The day on which the grant was closed."), ("actualDates", 0, "endDate")),
    (
        Column("Recipient Org:Identifier", width=26, note="The group’s identifier, public or the council’s."),
        ("recipientOrganization", 0, "id"),
    ),
    (Column("Recipient Org:Name", width=34, note="The group."), ("recipientOrganization", 0, "name")),
    (
        Column("Recipient Org:Charity Number", Kind.NUMBERED, 16, "As its register writes it."),
        ("recipientOrganization", 0, "charityNumber"),
    ),
    (
        Column("Recipient Org:Company Number", Kind.NUMBERED, 16, "As Companies House writes it."),
        ("recipientOrganization", 0, "companyNumber"),
    ),
    (
        Column("Recipient Org:Postal Code", width=12, note="The first half, where the group shows it."),
        ("recipientOrganization", 0, "postalCode"),
    ),
    (
        Column("Beneficiary Location:Name", width=26, note="The ward that the group works in; else the locality."),
        ("beneficiaryLocation", 0, "name"),
    ),
    (
        Column("Beneficiary Location:Country Code", width=10, note="GB is the United Kingdom."),
        ("beneficiaryLocation", 0, "countryCode"),
    ),
    (
        Column("Beneficiary Location:Geographic Code", width=14, note="The ward’s code."),
        ("beneficiaryLocation", 0, "geoCode"),
    ),
    (
        Column("Beneficiary Location:Geographic Code Type", width=10, note="WD is a ward."),
        ("beneficiaryLocation", 0, "geoCodeType"),
    ),
    (Column("Location Scope", width=10, note="GLS060 is a small area."), ("locationScope",)),
    (Column("Funding Org:Identifier", width=20, note="The council."), ("fundingOrganization", 0, "id")),
    (Column("Funding Org:Name", width=26, note="Its name."), ("fundingOrganization", 0, "name")),
    (
        Column("Funding Org:Department", width=28, note="Which department awards the grants."),
        ("fundingOrganization", 0, "department"),
    ),
    (Column("Grant Programme:Code", width=28, note="The round."), ("grantProgramme", 0, "code")),
    (Column("Grant Programme:Title", width=28, note="Its name."), ("grantProgramme", 0, "title")),
    (Column("From An Open Call?", width=8, note="Whether any group could ask: always."), ("fromOpenCall",)),
    *(
        (Column(f"Classifications:{number}:Title", width=26, note=note), ("classifications", number, "title"))
        for number, note in enumerate(("The locality.", "Who chose it.", "The theme that the group chose."))
    ),
    (
        Column("Related Activity", width=20, note="The grants out of other shares for the same project."),
        ("relatedActivity",),
    ),
    (Column("Last Modified", width=22, note="When anything of the grant last changed."), ("dateModified",)),
    (Column("Data Source", width=30, note="Where the data is explained."), ("dataSource",)),
)
"""Each column under the schema's own title, and where its value stands in the grant's object."""


def giving_table(grants: Iterable[StandingGrant], funder: Funder) -> Table:
    """A row for each grant."""
    rows = (_row(grant_object(grant, funder)) for grant in sound(grants))
    return Table("grants", [column for column, _ in FIELDS], rows, "What the columns say")


def _row(grant: Mapping[str, Any]) -> list[Cell]:
    return [_cell(_at(grant, path), column.kind) for column, path in FIELDS]


def _at(value: Any, path: tuple[str | int, ...]) -> Any:
    """What stands there; None where nothing does."""
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError):
            return None
    return value


def _cell(value: Any, kind: Kind) -> Cell:
    if value is None:
        return None if kind not in TEXTS else ""
    if kind is Kind.MONEY:
        pence: int = round(value * 100)
        return pence
    if kind is Kind.DAY:
        return dt.date.fromisoformat(str(value))
    return ";".join(value) if isinstance(value, list) else str(value)
