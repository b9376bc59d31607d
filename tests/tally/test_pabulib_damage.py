"""A damaged `.pb` file is read, or refused with what a program did to it; nothing else happens."""

import io
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbvote.tally.pabulib import PabulibError, read_pabulib
from tests.tally.pb_text import VOTES, pb_text


@given(
    st.integers(0, len(pb_text())),
    st.integers(0, 30),
    st.one_of(st.binary(max_size=4), st.sampled_from([b";", b'"', b"\n", b"VOTES\n", b"1e999", b"-1", b"\r", b","])),
)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(start: int, length: int, instead: bytes) -> None:
    text = pb_text().encode()
    refused = ""
    try:
        file = read_pabulib(io.BytesIO(text[:start] + instead + text[start + length :]))
    except PabulibError as error:
        refused = str(error)
    assert refused.startswith("line ") or file.election.ballots.voters == 3


_CURLY = 'its quotation marks are curly (“ ”), and only straight ones (") hold a cell together'
_PADDED = "a spreadsheet has put semicolons behind it"
DAMAGED: Mapping[str, tuple[str | bytes, str, str]] = {
    "semicolons in every row": (pb_text().replace("\n", ";;;\n"), "line 1, column 2: META stands alone on", _PADDED),
    "semicolons after PROJECTS": (pb_text().replace("PROJECTS", "PROJECTS;;"), "line 14, column 2: PROJECTS", _PADDED),
    "semicolons in VOTES": (pb_text(votes=VOTES.replace("\n", ";;\n")), "line 19, column 4: a second column", _PADDED),
    "commas": (
        pb_text().replace(";", ","), "line 2, column 1: META begins with the columns key;value",
        "its cells are parted by commas and not by semicolons",
    ),
    "tabs": (
        pb_text(projects="project_id\tcost\na\t60\nb\t50"), "line 15, column 1: no column is named “project_id”",
        "its cells are parted by tabs and not by semicolons",
    ),
    "curly quotes": (
        pb_text(projects="project_id;cost;name\na;60;“Park; and playground”\nb;50;c"),
        "line 16, column 4: the row has 4 cells where 3 columns are named", _CURLY,
    ),
    "curly META": (pb_text().replace("META", "“META”"), "line 1, column 1: the file begins with ““META””", _CURLY),
    "UTF-16": (pb_text().encode("utf-16"), "line 1, column 1: this is not text in UTF-8", "it is in UTF-16"),
    "spreadsheet": (b"PK\x03\x04\xff\xfe", "line 1, column 1: this is not text", "it is a spreadsheet"),
    "NUL": (pb_text().replace("Trafford", "Traff\0rd"), "line 5, column value: “Traff�rd” holds", "(NUL)"),
}  # fmt: skip


@pytest.mark.parametrize("what", DAMAGED)
def test_what_a_program_did_to_a_file_is_said(what: str) -> None:
    text, where, why = DAMAGED[what]
    with pytest.raises(PabulibError) as caught:
        read_pabulib(io.BytesIO(text.encode() if isinstance(text, str) else text))
    assert str(caught.value).startswith(where)
    assert why in str(caught.value)


def test_a_number_that_a_spreadsheet_shortened_is_said_to_be_one() -> None:
    with pytest.raises(PabulibError, match="“1,2E\\+06”, which has an exponent; write all its digits"):
        read_pabulib(io.BytesIO(pb_text({"budget": "1,2E+06"}).encode()))


def test_a_section_may_be_longer_than_a_row_may_be() -> None:
    rows = "".join(f'\nc{number};60;"{"x" * 110_000}"' for number in range(20))
    projects = f"project_id;cost;description\na;60;\nb;50;{rows}"
    file = read_pabulib(io.BytesIO(pb_text({"num_projects": "22"}, projects=projects).encode()))
    assert len(file.election.bids) == 22
