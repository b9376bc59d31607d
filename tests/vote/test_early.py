"""Before the opening: the bids in order, marks that no browser sends, and a light answer for whoever waits."""

import re

import pytest
from flask import Flask

from pbvote.call.rounds.models import EventFormat
from pbvote.vote.events.ordering import move_bid
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from pbvote.vote.stage.models import Scene
from pbvote.vote.stage.service import Press, show, stage_of
from pbvote.vote.stage.turns import present
from tests.checked_client import CheckedClient
from tests.factories import an_event, the_event, writing
from tests.hall import organiser_does, slug
from tests.pages import fields_of, text_of


@pytest.fixture
def code(app: Flask) -> str:
    """A slip that votes once voting opens."""
    with writing(app):
        [slip] = make_slips(an_event(), 1, None, SlipState.LIVE)
    return slip.code


def early_page(client: CheckedClient, code: str, lang: str = "en", **more: str) -> str:
    """The page of somebody who pressed a language before voting opened."""
    answer = client.post("/v/paper", data={"code": code, "lang": lang, **more})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    return answer.get_data(as_text=True)


def test_whoever_comes_early_reads_the_bids_in_running_order(client: CheckedClient, code: str) -> None:
    page = early_page(client, code)
    assert "<h1>Voting opens when all have spoken.</h1>" in page
    assert re.findall(r'class="bid-number">(\d+)<', page) == ["1", "2", "3"]
    assert "/v/cast" not in page
    assert "<h1>Głosowanie zacznie się, gdy wszyscy zabiorą głos.</h1>" in early_page(client, code, "pl")


def test_where_nobody_speaks_nobody_is_waited_for(app: Flask, client: CheckedClient, code: str) -> None:
    with writing(app):
        the_event().share.format = EventFormat.STALLS
    assert "<h1>Voting has not opened yet.</h1>" in early_page(client, code)


def test_the_marks_stand_in_no_form(client: CheckedClient, code: str) -> None:
    """So no browser can send them, with a script or without."""
    page = early_page(client, code)
    assert page.count('type="radio"') == 15
    forms = re.findall(r"<form.*?</form>", page, re.DOTALL)
    assert len(forms) == 2  # the other languages, and the button that asks again
    assert not any('type="radio"' in form or " form=" in form for form in forms)
    assert " form=" not in page


def test_a_kiosk_keeps_no_marks(app: Flask, client: CheckedClient, code: str) -> None:
    page = early_page(client, code, kiosk=slug(app))
    assert "data-kind" not in page
    assert "data-bids" not in page
    assert "stay on this phone" not in page
    assert "kiosk.js" in re.sub(r"\.[0-9a-f]{12}\.", ".", page)


def test_a_test_slip_gets_its_paper_before_the_opening(app: Flask, client: CheckedClient, code: str) -> None:
    with writing(app):
        [slip] = make_slips(the_event(), 1, None, SlipState.TEST)
    assert "/v/cast" in client.post("/v/paper", data={"code": slip.code, "lang": "en"}).get_data(as_text=True)


def test_a_paper_that_changed_meanwhile_says_so(app: Flask, client: CheckedClient, code: str) -> None:
    said = "The ballot paper has changed. Check your marks."
    before = fields_of(early_page(client, code))
    assert said not in text_of(client.post("/v/paper", data=before))
    with writing(app):
        event = the_event()
        move_bid(event, event.running_order[2].bid_id, 1)
    assert said in text_of(client.post("/v/paper", data=before))
    organiser_does(app, open_poll)
    paper = client.post("/v/paper", data=before)
    assert said in text_of(paper)
    assert 'data-bids="B-03 B-01 B-02"' in paper.get_data(as_text=True)
    assert said not in text_of(client.post("/v/paper", data=fields_of(paper.get_data(as_text=True))))


def test_whoever_waits_asks_for_a_line_and_gets_304_while_nothing_changes(
    app: Flask, client: CheckedClient, code: str
) -> None:
    address = f"/v/{slug(app)}/now"
    first = client.get(address)
    assert first.json == {"poll": "planned", "speaks": None}
    assert first.headers["Cache-Control"] == "public, max-age=2"
    assert "Set-Cookie" not in first.headers
    assert len(client.statements) == 1
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    with writing(app):
        event = the_event()
        present(event, Press(stage_of(event).version, "Olivia"), event.running_order[1].bid_id)
    second = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert second.json == {"poll": "planned", "speaks": 2}
    with writing(app):
        show(the_event(), Press(stage_of(the_event()).version, "Olivia"), Scene.BREAK)
    assert client.get(address).json == {"poll": "planned", "speaks": None}
    organiser_does(app, open_poll)
    assert client.get(address).json == {"poll": "open", "speaks": None}
    organiser_does(app, close_poll)
    assert client.get(address).json == {"poll": "closed", "speaks": None}
    assert client.get("/v/nowhere/now").status_code == 404
