"""The voter's first page: what it says in each state of the poll, in every language at once."""

import datetime as dt
import re

import pytest
from flask import Flask

from pbvote.core.clock import uk_moment
from pbvote.core.codes import new_code
from pbvote.filters import day_in, hour, hour_in
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.states import PollState
from pbvote.vote.results.service import publish_outcome
from pbvote.vote.slips import guessing
from tests.checked_client import CheckedClient
from tests.factories import count_closed, sign_in, the_event, writing
from tests.hall import open_poll_codes, organiser_does, slug
from tests.pages import SCORES, open_paper, text_of


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ("00:00", "midnight"),
        ("00:10", "12:10am"),
        ("01:29", "1:29am"),
        ("09:00", "9am"),
        ("12:00", "noon"),
        ("12:01", "12:01pm"),
        ("13:30", "1:30pm"),
    ],
)
def test_a_time_in_english_is_on_the_clock_of_twelve_hours(time: str, said: str) -> None:
    assert hour(uk_moment(dt.date(2026, 7, 11), dt.time.fromisoformat(time))) == said


@pytest.mark.parametrize(
    ("language", "day", "time"),
    [
        ("en", "11 July", "1:30pm"),
        ("pl", "11 lipca", "13:30"),
        ("ur", "11 جولائی", "13:30"),
        ("ar", "11 يوليو", "1:30 م"),
    ],
)
def test_day_and_hour_are_said_in_every_language_in_uk_time_and_digits(language: str, day: str, time: str) -> None:
    moment = dt.datetime(2026, 7, 11, 12, 30, tzinfo=dt.UTC)
    assert day_in(moment, language) == day
    assert hour_in(moment, language).replace("\N{NARROW NO-BREAK SPACE}", " ") == time


def test_before_the_opening_each_language_says_when_beside_its_own_button(app: Flask, client: CheckedClient) -> None:
    open_poll_codes(app)
    with writing(app):
        event = the_event()
        event.poll = PollState.PLANNED
        event.starts_at = uk_moment(dt.date(2026, 7, 11), dt.time(12))
        event.ends_at = uk_moment(dt.date(2026, 7, 11), dt.time(15))
    page = client.get(f"/v/{slug(app)}").get_data(as_text=True)
    buttons = re.findall(r'name="lang"\s+value="(\w+)"[^>]*>(.*?)</button>', page, re.DOTALL)
    assert [language for language, _ in buttons] == ["en", "pl", "ur", "ar"]
    lines = [re.sub(r"<[^>]+>", " ", line) for _, line in buttons]
    assert "Opens on 11 July at about noon." in lines[0]
    assert "11 lipca, około 12:00" in lines[1]
    assert "11 جولائی" in lines[2]
    assert "11 يوليو" in lines[3]
    assert 'data-poll="planned"' in page


def test_after_the_close_it_says_what_comes_next_and_takes_no_code(app: Flask, client: CheckedClient) -> None:
    open_poll_codes(app)
    organiser_does(app, close_poll)
    closed = client.get(f"/v/{slug(app)}")
    assert "Voting has closed. If you saw “We have your vote”, it is in. Not voted yet? Tell a steward now" in text_of(
        closed
    )
    assert 'name="code"' not in closed.get_data(as_text=True)
    organiser_does(app, count_closed)
    assert "Tell a steward now" not in text_of(client.get(f"/v/{slug(app)}"))


def test_a_late_voter_reads_where_the_result_will_be_and_that_a_steward_can_help(
    app: Flask, client: CheckedClient
) -> None:
    code = open_poll_codes(app)[0]
    fields = open_paper(client, code, "pl")
    organiser_does(app, close_poll)
    late = client.post("/v/cast", data={**fields, **SCORES})
    assert f'href="/results/{slug(app)}?lang=pl"' in late.get_data(as_text=True)
    english = text_of(client.post("/v/cast", data={**fields, **SCORES, "lang": "en"}))
    assert "Tell a steward now: voting can be opened again." in english


@pytest.mark.parametrize("lang", ["en", "pl", "ur", "ar"])
def test_privacy_and_accessibility_are_linked_in_the_pages_language(
    app: Flask, client: CheckedClient, lang: str
) -> None:
    code = open_poll_codes(app)[0]
    page = client.post("/v/paper", data={"code": code, "lang": lang}).get_data(as_text=True)
    [footer] = re.findall(r"<footer>.*?</footer>", page, re.DOTALL)
    assert re.findall(r'href="([^"]+)" hreflang="en"', footer) == ["/privacy", "/accessibility"]
    assert set(re.findall(r'<span lang="(\w+)"', footer)) == {lang}
    kiosk = client.get(f"/v/{slug(app)}/kiosk").get_data(as_text=True)
    assert "<footer" not in kiosk


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type the 12 letters and numbers on your slip."),
        ("K", "That is 1 letter or number. The code has 12."),
        ("K7QF-9M2T-XW4", "That is 11 letters and numbers. The code has 12."),
        ("K7QF 9M2T XW4R 7", "That is 13 letters and numbers. The code has 12."),
        ("K7QF-9M2T-XW4X", "One letter or number looks wrong."),
        ("UUUU-UUUU-UUUU", "One letter or number looks wrong."),
    ],
)
def test_what_can_be_no_code_is_said_so_without_a_look_at_any_slip(
    app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch, typed: str, said: str
) -> None:
    open_poll_codes(app)

    def look_up() -> None:
        raise AssertionError

    monkeypatch.setattr("pbvote.vote.slips.finding.keys_in_use", look_up)
    answer = client.post("/v/paper", data={"code": typed, "lang": "en", "event": slug(app)})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 404
    assert f'role="alert">{said}<' in page
    assert "Sale decides" in page


def test_the_same_words_cover_a_code_that_nobody_issued_and_a_slip_that_is_not_switched_on(
    app: Flask, client: CheckedClient
) -> None:
    open_poll_codes(app)
    page = text_of(client.post("/v/paper", data={"code": new_code(), "lang": "en", "event": slug(app)}))
    assert "This slip can’t vote now, or the code is mistyped. A steward can help." in page
    assert "Compare each letter and number with your slip." in page
    assert "Sale decides" in page


@pytest.mark.parametrize(("times", "said"), [(0, ""), (1, "1 code was not found"), (3, "3 codes were not found")])
def test_the_door_says_when_codes_are_not_found(app: Flask, client: CheckedClient, times: int, said: str) -> None:
    open_poll_codes(app)
    with writing(app):
        for _ in range(times):
            guessing.note_failed_lookup()
    sign_in(client, "organiser@council.example")
    page = text_of(client.get(f"/door/{slug(app)}"))
    assert (f"{said} in the last 5 minutes: is the envelope open?" in page) is bool(times)


def test_until_the_result_is_public_its_address_says_what_comes_first_and_nothing_else(
    app: Flask, client: CheckedClient
) -> None:
    open_poll_codes(app)
    address = f"/results/{slug(app)}"
    assert "Page not found" in text_of(client.get("/results/nowhere"))
    pages = [client.get(address)]
    organiser_does(app, close_poll)
    pages.append(client.get(address))
    organiser_does(app, count_closed)
    pages.append(client.get(address))
    assert {page.status_code for page in pages} == {404}
    assert all("The result is not public yet" in text_of(page) for page in pages)
    nonce = re.compile(r'nonce="[^"]+"')
    assert len({nonce.sub("", page.get_data(as_text=True)) for page in pages}) == 1
    organiser_does(app, publish_outcome)
    assert client.get(address).status_code == 200


def test_after_publication_each_language_leads_to_the_result_in_it(app: Flask, client: CheckedClient) -> None:
    open_poll_codes(app)
    for act in (close_poll, count_closed, publish_outcome):
        organiser_does(app, act)
    page = client.get(f"/v/{slug(app)}").get_data(as_text=True)
    links = re.findall(rf'href="/results/{slug(app)}(?:\?lang=(\w+))?" lang="(\w+)"', page)
    assert links == [("", "en"), *((each, each) for each in ("pl", "ur", "ar"))]
