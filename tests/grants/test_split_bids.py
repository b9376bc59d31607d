"""A bid that asks of two localities gets its money only if both fund it. On both databases."""

from flask import Flask

from pbvote.call.bids.models import Bid
from pbvote.db import db
from pbvote.grants.awards.service import awards_of
from pbvote.grants.awards.split import PartStatus, other_parts
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import sign_in, writing
from tests.grants.deciding import make_awards
from tests.grants.paying import organiser
from tests.grants.splitting import called, decide, two_events
from tests.outbox import letters
from tests.pages import browser, text_of

SPLIT = "B-01"


def award(app: Flask, slug: str) -> list[tuple[str, str, int]]:
    """Make an event's awards: slug of the event, reference and pence of each."""
    with writing(app):
        made = make_awards(called(slug), organiser())
        return sorted((each.event.slug, each.bid.reference, each.award_pence) for each in made)


def letter_to(app: Flask, email: str) -> tuple[str, str]:
    """Subject and text of the newest letter to this address."""
    with app.app_context():
        newest = next(letter for letter in letters() if letter.recipient == email)
        return newest.subject, newest.body


@both_databases
def test_both_parts_are_awarded_with_the_last_event_that_funds_it(app: Flask) -> None:
    two_events(app)
    decide(app, "sale", likes_split=True)
    with app.app_context():
        [part] = other_parts(db.session.get_one(Bid, 1), called("sale"))
        assert (part.locality.name, part.pence, part.standing) == ("Urmston", 284_00, PartStatus.WAITS)
    assert award(app, "sale") == [("sale", "B-03", 100_00)]
    subject, waits = letter_to(app, "both@group.example")
    assert subject == "Your bid B-01 was chosen in Sale"
    assert "You also asked Urmston. The result there is not public yet." in waits
    decide(app, "urmston", likes_split=True)
    assert award(app, "urmston") == [("sale", SPLIT, 284_00), ("urmston", SPLIT, 284_00), ("urmston", "B-05", 100_00)]
    subject, won = letter_to(app, "both@group.example")
    assert subject == "Your grant: £568"
    assert "The council offers Both £568: £284 from Urmston and £284 from Sale." in won


@both_databases
def test_where_both_are_public_each_event_awards_its_own_part(app: Flask) -> None:
    two_events(app)
    decide(app, "sale", likes_split=True)
    decide(app, "urmston", likes_split=True)
    assert award(app, "sale") == [("sale", SPLIT, 284_00), ("sale", "B-03", 100_00)]
    said = "You also asked Urmston for £284. The offer of that part has a letter of its own."
    assert said in letter_to(app, "both@group.example")[1]
    assert award(app, "urmston") == [("urmston", SPLIT, 284_00), ("urmston", "B-05", 100_00)]


def test_where_one_does_not_fund_its_part_it_gets_nothing_from_either(app: Flask, client: CheckedClient) -> None:
    two_events(app)
    decide(app, "sale", likes_split=True)
    decide(app, "urmston", likes_split=False)
    sign_in(client, "organiser@council.example")
    page = text_of(client.get("/desk/events/sale/awards"))
    assert "B-01 For both also asks Urmston for £284, and gets its money only if both fund it." in page
    assert "Urmston has not funded its part, so it gets no offer." in page
    assert award(app, "sale") == [("sale", "B-03", 100_00)]
    subject, lost = letter_to(app, "both@group.example")
    assert subject == "About your bid B-01"
    assert "Residents of Sale chose it. But you also asked Urmston, where it was not chosen." in lost
    assert "/link#" not in lost
    group = browser(app, "both@group.example")
    assert "One locality chose it and another did not. It needed every one of them." in text_of(group.get("/my/bids/"))
    assert award(app, "urmston") == [("urmston", "B-04", 3_900_00), ("urmston", "B-05", 100_00)]
    public = text_of(client.get("/results/sale"))
    assert "It also asks Urmston for £284. It gets its money only if both fund it." in public.replace(" .", ".")
    with app.app_context():
        assert len(awards_of(called("sale"))) == 1
