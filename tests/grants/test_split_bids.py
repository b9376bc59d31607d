"""A bid that asks of two localities gets its money only if both fund it. On both databases."""

import datetime as dt

from flask import Flask

from pbvote.access import Role
from pbvote.call.bids.deciding import shortlist_bid
from pbvote.call.bids.intake import confirm_bid
from pbvote.call.bids.models import Bid
from pbvote.call.bids.new_bid import NewBid
from pbvote.call.bids.sending import send_bid
from pbvote.core.clock import today, uk_moment
from pbvote.db import db
from pbvote.grants.awards.service import awards_of
from pbvote.grants.awards.split import PartStatus, other_parts
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import event_called, plan_event
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.results.service import publish_outcome
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import a_bid, a_locality, an_account, an_open_round, cast, count_closed, sign_in, writing
from tests.grants.deciding import make_awards
from tests.outbox import letters
from tests.pages import browser, text_of

SPLIT = "B-01"


def organiser() -> Account:
    """The organiser."""
    account = account_with_email("organiser@council.example")
    assert account
    return account


def two_events(app: Flask) -> None:
    """Two localities with £4,000 each: one bid asks £284 of both, others £3,900 and £100 of one alone."""
    with writing(app):
        an_account(Role.ORGANISER)
        localities = [a_locality("Sale"), a_locality("Urmston")]
        round_ = an_open_round(pot_pence=8_000_00)
        new = NewBid(
            group_name="Both",
            registered_number="",
            contact_name="Contact",
            email="both@group.example",
            phone="",
            title="For both",
            summary="What we would do.",
            who_benefits="Everybody.",
            ward_id=None,
            asks={locality.id: 284_00 for locality in localities},
            lines=[("Things", 568_00)],
        )
        shortlist_bid(confirm_bid(send_bid(round_, new)), organiser())
        starts, ends = uk_moment(today(), dt.time(12)), uk_moment(today(), dt.time(15))
        for share in round_.shares:
            for size, ask_pence in (("Large", 3_900_00), ("Small", 100_00)):
                shortlist_bid(a_bid(share, f"{size} of {share.locality.name}", ask_pence), organiser())
            plan_event(share, f"{share.locality.name} decides", "Hall", starts, ends, slug=share.locality.slug)


def decide(app: Flask, slug: str, *, likes_split: bool) -> None:
    """Run one event's poll: five voters fund the split bid and the small one, or the large one and the small one."""
    with writing(app):
        slips = make_slips(called(slug), 5, None, SlipState.LIVE)
        open_poll(called(slug), organiser())
    for slip in slips:
        with writing(app):
            split, large, small = sorted(slot.bid.reference for slot in called(slug).running_order)
            cast(slip.code, {split: 5 if likes_split else 1, large: 1 if likes_split else 5, small: 3})
    for verb in (close_poll, count_closed, publish_outcome):
        with writing(app):
            verb(called(slug), organiser())


def called(slug: str) -> Event:
    """The event with this slug."""
    event = event_called(slug)
    assert event
    return event


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
