"""Pages that keep themselves up to date are answered in a line while nothing on them has changed."""

import pytest
from flask import Flask

from pbvote.vote.events.service import event_called
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from tests.checked_client import CheckedClient
from tests.conftest import AppMaker
from tests.factories import sign_in, writing
from tests.pages import client_of


@pytest.fixture
def app(demonstration: None, make_app: AppMaker) -> Flask:
    """The demonstration, with a token in every form."""
    return make_app(WTF_CSRF_ENABLED=True)


@pytest.fixture
def client(app: Flask) -> CheckedClient:
    """An organiser's browser."""
    client = client_of(app)
    sign_in(client, "olivia@council.example")
    return client


@pytest.mark.parametrize("path", ["/desk/events/sale-2014", "/desk/events/sale-2014/slips"])
def test_a_page_that_has_not_changed_is_not_sent_again(app: Flask, client: CheckedClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "no-store"
    with writing(app):
        event = event_called("sale-2014")
        assert event
        make_slips(event, 1, None, SlipState.LIVE)
    changed = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_one_persons_page_is_not_anothers(app: Flask, client: CheckedClient) -> None:
    mark = client.get("/desk/events/sale-2014").headers["ETag"]
    other = client_of(app)
    sign_in(other, "omar@council.example")
    assert other.get("/desk/events/sale-2014", headers={"If-None-Match": mark}).status_code == 200
