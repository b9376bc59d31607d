"""The accessibility statement says what is there: every print, and where its words can be read otherwise."""

import re

import pytest

from pbvote.vote.programme.prints import KINDS
from tests.checked_client import CheckedClient
from tests.pages import text_of

OTHERS = ("slips", "recovery sheet", "witness’s card", "code account", "papers of the day", "compere’s card")
"""What is printed at the desk. The prints of an event's page are `KINDS`."""


def test_the_statement_names_every_print(client: CheckedClient) -> None:
    said = text_of(client.get("/accessibility"))
    [untagged] = re.findall(r"It is not tagged for screen readers\.(.*?)What the poster", said)
    for name in (*OTHERS, *KINDS):
        assert re.search(rf"\b{name}\b", untagged), f"the statement does not name: {name}"


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_print_says_is_said_to_stand_on_a_page_too(client: CheckedClient, kind: str) -> None:
    said = text_of(client.get("/accessibility"))
    [on_page] = re.findall(r"What the ([^.]*?) say is on the event’s page too", said)
    assert kind in on_page
