"""A damaged `.pb` file is read or refused, and nothing else happens."""

import io

from hypothesis import given
from hypothesis import strategies as st

from pbvote.tally.pabulib import PabulibError, read_pabulib
from tests.tally.pb_text import pb_text


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
