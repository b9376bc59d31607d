"""A tablet that many share: what its pages keep and what it refuses. What its script does is in tests/browser/."""

import datetime as dt
import re

import pytest
from flask import Flask

from pbvote.call.bids.deciding import shortlist_bid
from pbvote.call.rounds.service import add_round, open_round, settle_share
from pbvote.core.clock import today, uk_moment
from pbvote.people.service import account_with_email
from pbvote.vote.events.service import plan_event
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from tests.checked_client import CheckedClient
from tests.factories import SCORE, a_bid, a_locality, an_open_poll, writing
from tests.hall import open_poll_codes, slug, stored
from tests.pages import SCORES, fields_of, text_of


def code_of_another_event(app: Flask) -> str:
    """The code of a slip for Urmston, where voting is open as well."""
    with writing(app):
        locality = a_locality("Urmston")
        round_ = add_round("Grants 2015", 1_000_00, today(), today() + dt.timedelta(days=5))
        for share in round_.shares:
            settle_share(share, {"ballot_rules": SCORE})
        open_round(round_)
        share = next(share for share in round_.shares if share.locality_id == locality.id)
        organiser = account_with_email("organiser@council.example")
        assert organiser
        shortlist_bid(a_bid(share, "Other group"), organiser)
        starts, ends = uk_moment(today(), dt.time(12)), uk_moment(today(), dt.time(15))
        event = plan_event(share, "Urmston decides", "Urmston Library", starts, ends)
        [slip] = make_slips(event, 1, None, SlipState.LIVE)
        open_poll(event, organiser)
        return slip.code


def test_the_whole_path_keeps_to_the_kiosk_and_ends_where_it_began(app: Flask, client: CheckedClient) -> None:
    code = open_poll_codes(app)[0]
    home = f"/v/{slug(app)}/kiosk"
    first = client.get(home).get_data(as_text=True)
    assert fields_of(first) == {"event": slug(app), "kiosk": slug(app)}
    paper = client.post("/v/paper", data={**fields_of(first), "code": code, "lang": "en"}).get_data(as_text=True)
    assert fields_of(paper)["kiosk"] == slug(app)
    wrong = client.post("/v/cast", data=fields_of(paper)).get_data(as_text=True)
    assert fields_of(wrong) == fields_of(paper)
    done = client.post("/v/cast", data={**fields_of(paper), **SCORES}).get_data(as_text=True)
    for page in (paper, wrong, done):
        assert re.search(r"/static/kiosk\b[.\w]*\.js", page)
        assert not re.search(r"/static/voter\b[.\w]*\.js", page)
        assert f'href="{home}"' in page
    assert len(stored(app)) == 1


def test_the_first_page_is_the_same_for_everybody_and_cached(app: Flask, client: CheckedClient) -> None:
    open_poll_codes(app)
    first, second = (client.get(f"/v/{slug(app)}/kiosk") for _ in range(2))
    pages = {re.sub(r'nonce="[^"]+"', "", page.get_data(as_text=True)) for page in (first, second)}
    assert len(pages) == 1
    assert "public" in first.headers["Cache-Control"]
    assert "data-next" not in pages.pop()
    assert client.get("/v/nowhere/kiosk").status_code == 404


@pytest.mark.parametrize("path", ["/v/paper", "/v/cast"])
@pytest.mark.parametrize("lang", ["en", "pl", "ur", "ar"])
def test_a_slip_of_another_event_is_refused_with_where_to_go(
    app: Flask, client: CheckedClient, path: str, lang: str
) -> None:
    with writing(app):
        here = an_open_poll(1)[0].slug
    code = code_of_another_event(app)
    refused = client.post(path, data={"code": code, "lang": lang, "event": here, "kiosk": here})
    assert refused.status_code == 409
    assert "Urmston decides" in text_of(refused)
    assert "Urmston Library" in text_of(refused)
    assert f'href="/v/{here}/kiosk"' in refused.get_data(as_text=True)
    assert stored(app) == []


def test_a_persons_own_phone_takes_the_slip_of_any_event(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        here = an_open_poll(1)[0].slug
    code = code_of_another_event(app)
    paper = client.post("/v/paper", data={"code": code, "lang": "en", "event": here})
    assert "Urmston decides" in text_of(paper)
    done = client.post("/v/cast", data={**fields_of(paper.get_data(as_text=True)), "bid-1": "5"})
    assert done.status_code == 200
    assert len(stored(app)) == 1


def test_an_address_without_an_event_leads_to_the_one_that_takes_votes(app: Flask, client: CheckedClient) -> None:
    nobody = client.get("/v/kiosk")
    assert "Nobody can vote just now." in text_of(nobody)
    open_poll_codes(app)
    found = client.get("/v/kiosk")
    assert (found.status_code, found.headers["Location"]) == (302, f"/v/{slug(app)}/kiosk")
    code_of_another_event(app)
    several = client.get("/v/kiosk").get_data(as_text=True)
    assert "Which event is this tablet for?" in several
    assert f'href="/v/{slug(app)}/kiosk"' in several
    assert "Urmston decides" in several
    assert "Scan your slip again" not in several
