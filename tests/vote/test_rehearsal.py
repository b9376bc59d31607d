"""Test slips: the whole path before and during the poll, never mistaken for a vote, never counted."""

import re

import pytest
from flask import Flask

from pbvote.db import db
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.states import PollState
from pbvote.vote.poll.turnout import number_rehearsed, turnout_of
from pbvote.vote.slips.envelopes import NoSuchEnvelope, envelope_numbered, envelopes_of
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from tests.checked_client import CheckedClient
from tests.factories import an_open_poll, the_event, writing
from tests.hall import organiser_does
from tests.pages import SCORES, fields_of, text_of

BANNERS = {
    "en": "Rehearsal: this slip never counts.",
    "pl": "Próba: ta kartka nigdy się nie liczy.",
    "ur": "مشق: یہ پرچی کبھی نہیں گنی جائے گی۔",
    "ar": "تجربة: هذه القسيمة لا تُحتسب أبدًا.",
}


@pytest.fixture
def code(app: Flask) -> str:
    """The code of a test slip, at an open poll."""
    with writing(app):
        event, _ = an_open_poll(1)
        [slip] = make_slips(event, 1, None, SlipState.TEST)
        return slip.code


@pytest.mark.parametrize("poll", [PollState.PLANNED, PollState.OPEN])
@pytest.mark.parametrize("lang", list(BANNERS))
def test_every_page_of_a_rehearsal_says_so(
    app: Flask, client: CheckedClient, code: str, lang: str, poll: PollState
) -> None:
    with writing(app):
        the_event().poll = poll
    paper = client.post("/v/paper", data={"code": code, "lang": lang})
    fields = fields_of(paper.get_data(as_text=True))
    incomplete = client.post("/v/cast", data=fields)
    done = client.post("/v/cast", data={**fields, **SCORES})
    assert [page.status_code for page in (paper, incomplete, done)] == [200, 422, 200]
    for page in (paper, incomplete, done):
        assert 'class="rehearsal"' in page.get_data(as_text=True)
        assert BANNERS[lang] in text_of(page)
    with app.app_context():
        assert turnout_of(the_event()) == 0
        assert db.session.scalar(number_rehearsed(the_event())) == 1


def test_test_slips_are_in_no_envelope(app: Flask, code: str) -> None:
    with app.app_context():
        assert code
        assert 0 not in [envelope.number for envelope in envelopes_of(the_event())]
        with pytest.raises(NoSuchEnvelope):
            envelope_numbered(the_event(), 0)


def test_its_acknowledgement_is_none_of_a_vote_and_has_no_check_number(client: CheckedClient, code: str) -> None:
    fields = fields_of(client.post("/v/paper", data={"code": code, "lang": "en"}).get_data(as_text=True))
    done = text_of(client.post("/v/cast", data={**fields, **SCORES}))
    assert "We have your test vote." in done
    assert "We have your vote" not in done
    assert "will be counted" not in done
    assert "check number" not in done


def test_after_the_close_nothing_is_said_of_a_vote_that_counts(app: Flask, client: CheckedClient, code: str) -> None:
    organiser_does(app, close_poll)
    late = client.post("/v/paper", data={"code": code, "lang": "en"})
    assert late.status_code == 409
    assert "Rehearsal" in text_of(late)
    assert "will be counted" not in text_of(late)


def test_a_real_slip_says_nothing_of_a_rehearsal(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        _, slips = an_open_poll(1)
    paper = client.post("/v/paper", data={"code": slips[0].code, "lang": "en"})
    assert "Rehearsal" not in text_of(paper)


def test_a_test_vote_that_is_in_is_called_one_when_its_slip_is_scanned_again(client: CheckedClient, code: str) -> None:
    fields = fields_of(client.post("/v/paper", data={"code": code, "lang": "en"}).get_data(as_text=True))
    client.post("/v/cast", data={**fields, **SCORES})
    again = client.post("/v/paper", data={"code": code, "lang": "en"})
    assert "We have your test vote." in text_of(again)
    [way_out] = re.findall(r'<form id="as-it-is".*?</form>', again.get_data(as_text=True), re.DOTALL)
    [name, value] = re.findall(
        r'form="as-it-is"\s+name="(\w+)" value="(\w+)"', again.get_data(as_text=True).replace("\n", " ")
    )[0]
    end = client.post("/v/stay", data={**fields_of(way_out), name: value})
    assert "We have your test vote. Nothing was changed." in text_of(end)
    for page in (again, end):
        assert "We have your vote" not in text_of(page)
