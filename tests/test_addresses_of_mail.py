"""What an e-mail address may hold."""

import pytest

from pbvote.fields import read_email


@pytest.mark.parametrize("unseen", ["\u00ad", "\x07", "\x00", "\x7f", "\x85", "\u200b", "\u202e", "\n", "\r", "\t"])
def test_an_address_holds_nothing_that_can_not_be_seen(unseen: str) -> None:
    assert read_email("ann@group.example") == "ann@group.example"
    with pytest.raises(ValueError, match="correct format"):
        read_email(f"ann{unseen}@group.example")
