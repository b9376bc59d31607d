"""Funding opportunities: posted by officers, read by everybody until their last day."""

import datetime as dt

import time_machine
from flask import Flask

from pbvote.access import Role
from pbvote.core.clock import today, uk_moment
from tests.checked_client import CheckedClient
from tests.factories import a_locality, an_account, writing
from tests.pages import browser, client_of, text_of

SAID = {
    "title": "Seeds and spades",
    "funder": "The Growing Fund",
    "who_for": "Groups that grow food.",
    "amount": "£250 to £2,500",
    "link": "seeds.example/apply",
    "theme": "green",
}


def by(day: dt.date) -> dict[str, str]:
    """A last day, as its boxes send it."""
    return {f"last_on-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def post(desk: CheckedClient, in_days: int = 5, **other: str) -> int:
    """Post one; the status of the answer."""
    said = SAID | by(today() + dt.timedelta(days=in_days)) | other
    return desk.post("/desk/opportunities/new", data=said).status_code


def test_an_opportunity_from_its_posting_to_the_day_after_its_last(app: Flask) -> None:
    with writing(app):
        a_locality()
        an_account(Role.ORGANISER)
        an_account(Role.GROUP_CONTACT, "contact@group.example")
    desk, anyone = browser(app, "organiser@council.example"), client_of(app)
    assert "Nothing is open at present." in text_of(anyone.get("/opportunities"))
    assert post(desk, 9, title="Warm rooms", theme="older") == 302
    assert post(desk) == 302
    assert post(desk, 30, title="Anything goes", theme="") == 302
    page = text_of(anyone.get("/opportunities"))
    assert page.index("Seeds and spades") < page.index("Warm rooms") < page.index("Anything goes")
    assert 'href="https://seeds.example/apply"' in anyone.get("/opportunities").get_data(as_text=True)
    green = text_of(anyone.get("/opportunities?theme=green"))
    assert "Seeds and spades" in green
    assert "Anything goes" in green
    assert "Warm rooms" not in green
    assert "Warm rooms" in text_of(anyone.get("/opportunities?theme=nonsense"))
    assert "Funding opportunities" in text_of(anyone.get("/localities/sale"))
    mine = text_of(browser(app, "contact@group.example").get("/my/awards/"))
    assert "Others give money, too: funding opportunities" in mine
    last = today() + dt.timedelta(days=5)
    with time_machine.travel(uk_moment(last, dt.time(23, 59)), tick=False):
        assert "Today is the last day" in text_of(anyone.get("/opportunities"))
    with time_machine.travel(uk_moment(last + dt.timedelta(days=1), dt.time(0, 1)), tick=False):
        assert "Seeds and spades" not in text_of(anyone.get("/opportunities"))
        kept = browser(app, "organiser@council.example")
        assert "Seeds and spades" in text_of(kept.get("/desk/opportunities"))
    with time_machine.travel(uk_moment(last + dt.timedelta(days=367), dt.time(9)), tick=False):
        app.test_cli_runner().invoke(args=["tidy"])
        kept = browser(app, "organiser@council.example")
        assert "Seeds and spades" not in text_of(kept.get("/desk/opportunities"))


def test_what_does_not_fit_is_said_and_of_two_officers_the_second_reads_again(app: Flask) -> None:
    with writing(app):
        an_account(Role.ORGANISER)
    desk = browser(app, "organiser@council.example")
    assert post(desk, -1) == 422
    for wrong, sentence in (
        ({"link": "javascript:alert(1)"}, "Enter the address of a website"),
        ({"who_for": "Ring 0161 496 0123"}, "Leave out telephone numbers"),
        ({"theme": "money"}, "Choose one of the answers listed"),
        ({"amount": ""}, "Say from how much to how much"),
    ):
        refused = desk.post("/desk/opportunities/new", data=SAID | by(today()) | wrong)
        assert (refused.status_code, sentence in text_of(refused)) == (422, True), sentence
    assert post(desk) == 302
    said = SAID | by(today()) | {"seen": "1"}
    assert desk.post("/desk/opportunities/1", data=said | {"amount": "£900"}).status_code == 302
    clash = desk.post("/desk/opportunities/1", data=said | {"amount": "£100"})
    assert clash.status_code == 409
    assert "Another officer changed this meanwhile" in text_of(clash)
    assert "£900" in clash.get_data(as_text=True)
    assert desk.post("/desk/opportunities/1/remove").status_code == 302
    assert "Nothing is open" in text_of(client_of(app).get("/opportunities"))
