"""Every table of the public account, as the demonstration has it: LibreOffice opens and saves each, cell by cell."""

from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from pbvote.spreadsheets.opening import grid_of
from tests.checked_client import CheckedClient
from tests.office import all_saved_by_libreoffice

ROUND = "/money/voluntary-sector-grants-2014"
TABLES = {
    "register": "/register/all/grants",
    "giving": "/open/360giving",
    "grants": f"{ROUND}/grants",
    "figures": f"{ROUND}/figures",
    "years": "/money/years/outlines",
    "partnerships": "/partnerships/numbers",
    "bids": "/results/old-trafford-stretford-2014/bids",
}


def as_told(cell: str) -> str | Decimal:
    """A cell as it is meant: 4000.00 and 4000 are one number."""
    try:
        return Decimal(cell)
    except InvalidOperation:
        return cell


def told(file: bytes) -> list[list[str | Decimal]]:
    """The cells of a file, without what a row has none of at its end."""
    rows = [[as_told(cell) for cell in cells] for _, cells in grid_of(file)]
    for row in rows:
        while row and row[-1] == "":
            row.pop()
    return rows


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_each_comes_back_from_libreoffice_cell_by_cell(
    demonstration: None, client: CheckedClient, tmp_path: Path, kind: str
) -> None:
    files = {name: client.get(f"{address}.{kind}") for name, address in TABLES.items()}
    assert {name: answer.status_code for name, answer in files.items()} == dict.fromkeys(TABLES, 200)
    sent = {name: answer.data for name, answer in files.items()}
    saved = all_saved_by_libreoffice(tmp_path, sent, kind, "xlsx")
    assert saved.keys() == sent.keys()
    for name, file in sent.items():
        assert len(told(file)) > 1, name
        assert told(saved[name]) == told(file), name
