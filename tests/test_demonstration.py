"""The steps of the demonstration's page, walked as they are written."""

import datetime as dt
import html
import re

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.call.rounds.models import Round, RoundState
from pbvote.call.rounds.service import takes_bids
from pbvote.core.clock import now, uk_moment
from pbvote.db import db
from pbvote.demonstration.accounts import PASSWORD, SIGN_INS
from pbvote.demonstration.service import load_demonstration
from pbvote.grants.network.models import CardSide, CardState, WallCard
from pbvote.localities.models import Locality
from pbvote.people.models import Account
from pbvote.people.service import hash_password
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import event_called
from pbvote.vote.poll.states import PollState
from tests.checked_client import CheckedClient
from tests.conftest import NO_PASSWORD
from tests.factories import writing
from tests.faults import times
from tests.pages import browser, client_of, text_of
from tests.stepping import confirm_shown, look_first, take_step

EVENT = "/desk/events/sale-2014"
VSG = "voluntary-sector-grants"


def named(page: str) -> list[str]:
    """What the steps call the buttons and links, in order."""
    [steps] = re.findall(r'<ol class="path">(.*?)</ol>', page, re.DOTALL)
    words = re.findall(r"<strong>(.*?)</strong>", steps, re.DOTALL)
    return [html.unescape(re.sub(r"\s+", " ", each)) for each in words]


def filled_in(page: str) -> dict[str, str]:
    """The values that stand in a form's boxes."""
    inputs = re.findall(r"<input[^>]*>", page)
    found = {attribute(each, "name"): attribute(each, "value") for each in inputs if 'type="radio"' not in each}
    return {name: value for name, value in found.items() if name and name != "csrf_token"}


def attribute(tag: str, name: str) -> str:
    """An attribute of a tag; "" where it has none."""
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else ""


def test_there_is_a_round_and_a_locality_in_each_state(demonstration: None, app: Flask) -> None:
    with app.app_context():
        rounds = {round_.slug: round_ for round_ in db.session.scalars(sa.select(Round))}
        last, small, next_ = (rounds[slug] for slug in (f"{VSG}-2014", "small-grants-for-alleyways", f"{VSG}-2015"))
        assert (next_.state, last.state, small.state) == (RoundState.DRAFT, RoundState.OPEN, RoundState.OPEN)
        shares = {share.locality.slug: share for share in last.shares}
        assert takes_bids(shares["south-trafford"])
        small_shares = {share.locality.slug: share for share in small.shares}
        assert takes_bids(small_shares["south-trafford"])
        others = [share for slug, share in small_shares.items() if slug != "south-trafford"]
        assert not any(takes_bids(share) for share in (*others, shares["sale"]))
        polls = {event.share_id: event.poll for event in db.session.scalars(sa.select(Event))}
        assert polls[shares["sale"].id] is PollState.OPEN
        assert polls[shares["urmston-partington"].id] is PollState.PUBLISHED
        assert polls[shares["old-trafford-stretford"].id] is PollState.PUBLISHED
        assert {slug: polls.get(share.id) for slug, share in small_shares.items()} == {
            "south-trafford": None,
            "old-trafford-stretford": PollState.PLANNED,
            "sale": PollState.CHOOSING,
            "urmston-partington": PollState.PUBLISHED,
        }
        assert small.bid_cap_pence == 250_00


def test_the_four_partnerships_are_alive(demonstration: None, app: Flask) -> None:
    resident = client_of(app)
    front = text_of(resident.get("/"))
    assert front.index("Small grants for alleyways") < front.index("Small grants for meeting places"), "what is over"
    for slug in ("sale", "south-trafford", "urmston-partington", "old-trafford-stretford"):
        at = f"/localities/{slug}"
        page = text_of(resident.get(at))
        assert all(words in page for words in ("Next meeting:", "agenda out on", "All updates", "Police")), slug
        wall = text_of(resident.get(f"{at}/wall"))
        assert all(words in wall for words in ("I can help", "We could use this")), slug
        past = text_of(resident.get(f"{at}/meetings"))
        assert past.count("Partnership meeting") > 5, slug
        plan = text_of(resident.get(f"{at}/plan"))
        assert all(words in plan for words in ("Where we are", "On the way", "Done")), slug
    helped = sa.select(Locality.slug).join(WallCard, WallCard.locality_id == Locality.id)
    with app.app_context():
        found = db.session.scalars(helped.where(WallCard.state == CardState.HELPED, WallCard.side == CardSide.NEED))
        assert len(set(found)) == 4


HOURS = [((2026, 10, 25), (1, 30)), ((2028, 2, 29), (0, 1)), ((2026, 12, 31), (23, 50))]
"""The hour that comes twice, the day that most years lack, the last minutes of a year."""


@pytest.mark.parametrize(("day", "hour"), HOURS[: times(few=1, full=3)])
def test_it_is_loaded_at_any_hour_and_its_event_goes_on(
    app: Flask, day: tuple[int, int, int], hour: tuple[int, int]
) -> None:
    with time_machine.travel(uk_moment(dt.date(*day), dt.time(*hour))):
        with writing(app):
            assert load_demonstration(NO_PASSWORD)
        with app.app_context():
            event = event_called("sale-2014")
            assert event
            assert event.starts_at <= now() < event.ends_at
        assert "Voting is open" in text_of(browser(app, "olivia@council.example").get(EVENT))


def test_each_step_names_what_stands_on_the_page_that_the_steps_lead_to(
    demonstration: None, app: Flask, client: CheckedClient
) -> None:
    steps = named(client.get("/demonstration").get_data(as_text=True))
    organiser, second = browser(app, "olivia@council.example"), browser(app, "omar@council.example")
    met: list[str] = []

    def meet(page: str, *words: str) -> None:
        met.extend(each for each in words if each in page)

    meet(text_of(organiser.get(EVENT)), "Show me a new slip", "Close voting")
    meet(text_of(take_step(organiser, f"{EVENT}/close", follow_redirects=True)), "Do the slips add up?")
    account = organiser.get(f"{EVENT}/account")
    meet(text_of(account), "Save the numbers")
    numbers = filled_in(account.get_data(as_text=True))
    saved = organiser.post(f"{EVENT}/account", data=numbers, follow_redirects=True)
    assert "The slips add up." in text_of(saved)
    # That page has no such button, so the steps lead back to the event first.
    assert "Ask to count and seal" not in text_of(saved)
    assert "Then go back to the event." in text_of(client.get("/demonstration"))
    meet(text_of(organiser.get(f"{EVENT}/count")), "Ask to count and seal")
    take_step(organiser, f"{EVENT}/count")
    console = second.get(EVENT)
    meet(text_of(console), "I have read the numbers, and confirm")
    [act_id] = re.findall(rf"{EVENT}/acts/(\d+)/confirm", console.get_data(as_text=True))
    assert confirm_shown(second, EVENT, int(act_id)).status_code == 302
    meet(text_of(organiser.get(EVENT)), "See the outcome")
    meet(text_of(look_first(organiser, EVENT)), "Publish the result")
    meet(text_of(take_step(organiser, f"{EVENT}/publish", follow_redirects=True)), "Go to the awards")
    meet(text_of(organiser.get(f"{EVENT}/awards")), "Save and read the letters")
    assert [*met, "LP member"] == steps


def test_each_person_is_named_and_signed_in_at_one_press(
    demonstration: None, app: Flask, client: CheckedClient
) -> None:
    with writing(app):
        db.session.execute(sa.update(Account).values(password_hash=hash_password(PASSWORD)))
    page = client.get("/demonstration").get_data(as_text=True)
    forms = re.findall(r'<form method="post" action="([^"]*)">(.*?)</form>', page, re.DOTALL)
    for address, form in forms:
        sent = filled_in(form)
        [name] = re.findall(r"Sign in as ([^<]+)</button>", form)
        visitor = client_of(app)
        come = visitor.post(html.unescape(address), data=sent)
        assert come.status_code == 302, sent
        assert come.location == (EVENT if "next=" in address else "/my/")
        with visitor.session_transaction() as kept, app.app_context():
            account = db.session.get(Account, int(str(kept["_user_id"]).partition(".")[0]))
            assert account
            assert (account.name, account.email) == (name.strip(), sent["email"])
    assert {filled_in(form)["email"] for _, form in forms} == {each.email for each in SIGN_INS}


def test_the_slip_on_the_screen_is_called_a_real_one_before_voting_opens(demonstration: None, app: Flask) -> None:
    with app.app_context():
        slug = db.session.scalars(sa.select(Event.slug).where(Event.name == "Alleyways of Old Trafford")).one()
    organiser = browser(app, "olivia@council.example")
    assert "It is a real slip, not one for rehearsal" in text_of(organiser.get(f"/desk/events/{slug}"))
    assert "It is a real slip" not in text_of(organiser.get(EVENT))
