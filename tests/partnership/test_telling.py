"""Tell me by e-mail: nothing before the press of a button, nothing after another, and nobody learns who is told."""

import datetime as dt
from collections.abc import Sequence

import pytest
import time_machine
from flask import Flask

from pbvote.core.clock import now
from pbvote.core.codes import new_code
from pbvote.partnership.telling import subscribing
from tests.checked_client import CheckedClient
from tests.factories import writing
from tests.pages import browser, client_of, text_of
from tests.partnership.keeping import EDITOR, KEEP, PUBLIC, sale
from tests.partnership.telling import ALL, ANN, ASK, ask_for, code_of, confirm, letters_to, stop_of, subscribers

pytestmark = pytest.mark.usefixtures("partnership")
REFUSED: Sequence[tuple[dict[str, object], str]] = (
    ({"email": ""}, "Enter your e-mail address"),
    ({"email": "ann"}, "Enter an email address in the correct format"),
    ({"email": "<script>alert(1)</script>@x"}, "Enter an email address in the correct format"),
    ({"email": "a" * 5_000 + "@home.example"}, "must be 120 characters or fewer"),
    ({"kinds": []}, "Tick what we should tell you"),
    ({"kinds": ["secrets"]}, "Choose one of the answers listed"),
)


def test_an_address_is_told_once_its_button_is_pressed_and_no_page_says_who_is(app: Flask) -> None:
    anybody = client_of(app)
    page = anybody.get(ASK).get_data(as_text=True)
    assert page.count("checked") == len(ALL)
    assert "Set-Cookie" not in anybody.get(ASK).headers
    for typed, sentence in REFUSED:
        refused = anybody.post(ASK, data={"email": ANN, "kinds": ALL} | typed)
        assert refused.status_code == 422
        assert sentence in text_of(refused)
        assert "<script>alert" not in refused.get_data(as_text=True)
    assert anybody.get("/localities/nowhere/tell-me").status_code == 404
    for _ in range(2):
        ask_for(app, "Ann@HOME.example")
    [asks] = letters_to(app)
    assert "Sale" in asks.subject
    assert not asks.is_kept
    # Who follows a link has pressed nothing: scanners of mail do.
    assert anybody.get("/tell-me/confirm").status_code == 200
    assert anybody.get(stop_of(asks)).status_code == 200
    [waits] = subscribers(app)
    assert waits.confirmed_on is None
    assert "Nobody is told by e-mail" in text_of(browser(app, EDITOR).get(f"{KEEP}/updates"))
    for _ in range(2):
        confirm(app)
    ask_for(app)  # and the page says the same
    assert "We do already" in letters_to(app)[-1].body
    ask_for(app)
    assert len(letters_to(app)) == 2
    page = text_of(browser(app, EDITOR).get(f"{KEEP}/updates"))
    assert "1 person is told by e-mail" in page
    assert ANN not in page


def test_one_press_stops_also_a_mail_programs_and_nothing_is_kept(app: Flask) -> None:
    ask_for(app)
    confirm(app)
    stop = stop_of(letters_to(app)[0])
    program = client_of(app)
    pressed = program.post(stop, data={"List-Unsubscribe": "One-Click"})
    assert pressed.status_code == 200  # it follows no redirect
    assert "These letters are stopped" in text_of(pressed)
    assert not subscribers(app)
    assert "These letters are stopped" in text_of(program.get(stop))
    again = program.post(stop)
    assert again.status_code == 422
    assert "This link leads to no address" in text_of(again)
    used = client_of(app).post("/tell-me/confirm", data={"code": code_of(letters_to(app)[0])})
    assert used.status_code == 422
    assert "This link leads to no address" in text_of(used)
    ask_for(app)  # begins anew, with other links
    confirm(app)
    assert stop_of(letters_to(app)[-1]) != stop


def test_who_has_the_letter_changes_what_is_told_in_two_tabs_too(app: Flask, client: CheckedClient) -> None:
    ask_for(app)
    ask_for(app, "bo@home.example")
    code, other = code_of(letters_to(app)[0]), code_of(letters_to(app, "bo@home.example")[0])
    refused = client.post("/tell-me/change", data={"code": code})
    assert refused.status_code == 422  # nothing is told yet
    confirm(app)
    page = client.post("/tell-me/change", data={"code": code})
    assert page.get_data(as_text=True).count("checked") == len(ALL)
    for kinds in (["news"], ["moved"]):
        saved = client.post("/tell-me/change/save", data={"code": code, "kinds": kinds})
        assert saved.headers["Location"] == "/tell-me/done/changed"
    assert subscribers(app)[0].kinds == ["moved"]
    none = client.post("/tell-me/change/save", data={"code": code, "kinds": []})
    assert "or stop these letters" in text_of(none)
    for wrong in (other, new_code(), "x", ""):
        assert client.post("/tell-me/change/save", data={"code": wrong, "kinds": ["news"]}).status_code == 422
    assert subscribers(app)[0].kinds == ["moved"]
    # The code that stops opens nothing else.
    stop_code = stop_of(letters_to(app)[0]).rpartition("/")[2]
    assert client.post("/tell-me/change", data={"code": stop_code}).status_code == 422
    assert client.post(f"/tell-me/stop/{code}").status_code == 422


def test_an_address_that_nobody_confirms_gets_three_letters_and_goes_after_a_week(app: Flask) -> None:
    for day in range(5):
        with time_machine.travel(now() + dt.timedelta(days=day)):
            ask_for(app)
    assert len(letters_to(app)) == 3
    for days, left in ((9, 1), (11, 0)):
        with time_machine.travel(now() + dt.timedelta(days=days)), writing(app):
            subscribing.forget_subscribers()
        assert len(subscribers(app)) == left
    with time_machine.travel(now() + dt.timedelta(days=12)):
        ask_for(app)
    pressed = client_of(app).post("/tell-me/confirm", data={"code": code_of(letters_to(app)[-1]), "delete": "1"})
    assert pressed.headers["Location"] == "/tell-me/done/deleted"
    assert not subscribers(app)


def test_a_flood_ends_with_a_sentence(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(20):
        ask_for(app, f"a{number}@home.example")
    waits = client_of(app).post(ASK, data={"email": ANN, "kinds": ALL})
    assert waits.status_code == 429
    assert "Many requests came from here." in text_of(waits)
    monkeypatch.setattr(subscribing, "MOST_UNCONFIRMED", 20)
    with writing(app), pytest.raises(subscribing.TooManyAddresses):
        subscribing.subscribe(sale(), ANN, ALL)


def test_every_page_of_the_partnership_leads_there(app: Flask, client: CheckedClient) -> None:
    for page in (PUBLIC, f"{PUBLIC}/meetings", f"{PUBLIC}/updates"):
        assert f'href="{ASK}"' in client.get(page).get_data(as_text=True)
