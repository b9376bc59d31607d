"""A mailed link opens the page that its letter speaks of."""

import pytest
from flask import Flask

from pbvote.access import Role
from pbvote.people import links
from pbvote.people.models import LinkPurpose
from pbvote.people.service import account_with_email
from tests.accounts import CONTACT, add, is_in, mailed_code
from tests.checked_client import CheckedClient
from tests.factories import writing
from tests.pages import client_of


def test_a_link_opens_the_page_it_speaks_of_and_two_pages_have_a_link_each(app: Flask, client: CheckedClient) -> None:
    add(app, Role.GROUP_CONTACT, CONTACT, password_hash=None)
    with writing(app):
        contact = account_with_email(CONTACT)
        assert contact
        [first, second, third] = [
            links.make_link(contact, LinkPurpose.SIGN_IN, f"/my/awards/#bid-{number}") for number in (1, 2, 1)
        ]
    assert client.get(f"/link?code={second}").status_code == 200
    assert not is_in(client)  # whoever follows the link has pressed nothing
    assert client.post("/link", data={"code": first}).status_code == 422  # the newer one to that page ended it
    assert client.post("/link", data={"code": second}).headers["Location"] == "/my/awards/#bid-2"
    assert is_in(client)
    assert client_of(app).post("/link", data={"code": third}).headers["Location"] == "/my/awards/#bid-1"


@pytest.mark.parametrize(
    ("came_for", "opens"),
    [
        ("/my/awards/", "/my/awards/"),
        ("", "/my/"),
        ("https://elsewhere.example/", "/my/"),
        ("//elsewhere.example", "/my/"),
        ("/" + "x" * 500, "/my/"),
    ],
)
def test_a_link_that_was_asked_for_leads_on_within_pbvote(
    app: Flask, client: CheckedClient, came_for: str, opens: str
) -> None:
    add(app, Role.GROUP_CONTACT, CONTACT, password_hash=None)
    asked = client.post("/sign-in/by-mail", query_string={"next": came_for}, data={"email": CONTACT})
    assert asked.status_code == 200
    assert client.post("/link", data={"code": mailed_code(app, CONTACT)}).headers["Location"] == opens
