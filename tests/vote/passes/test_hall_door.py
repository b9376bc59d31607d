"""The doors of the hall: a phone that waits, is in, is out; whose device it is."""

import time_machine
from flask import Flask

from pbvote.access import Role
from pbvote.people.service import account_with_email, grant_role
from pbvote.vote.ledger.service import entries_of
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.opening import open_poll
from tests.conftest import both_databases
from tests.factories import a_locality, an_account, sign_in, the_event, writing
from tests.hall import organiser_does
from tests.pages import browser, client_of, text_of
from tests.passes import (
    COMPERE,
    SCREEN,
    a_pass,
    a_phone,
    a_screen,
    add_door,
    another_event,
    ask_in,
    cookies_set,
    device,
    let_in,
    out_of,
)

ORGANISER, AUDITOR = "organiser@council.example", "auditor@council.example"


def test_a_phone_waits_and_its_page_opens_by_itself(hall: Flask, door: str) -> None:
    phone = client_of(hall)
    asked = ask_in(phone, a_pass(hall))
    assert asked.headers["Location"] == door
    waits = phone.get(door)
    assert waits.status_code == 200
    assert "Ask an organiser to let in Anna’s phone. This page then opens by itself." in text_of(waits)
    assert 'data-watched="waits"' in waits.get_data(as_text=True)
    for path in ("/help", "/envelopes/1"):
        assert "Ask an organiser" in text_of(phone.get(f"{door}{path}"))
        assert phone.post(f"{door}{path}", data={"kind": "device"}).status_code == 403
    assert phone.get(door, headers={"Accept": "application/json"}).status_code == 403, "a script is told no"
    let_in(hall, 1)
    opened = phone.get(door)
    assert "Hand over a slip" in text_of(opened)
    assert "data-watched" not in opened.get_data(as_text=True)
    assert "Anna’s phone" in text_of(opened)


def test_a_phone_that_was_ended_or_refused_reads_why_and_does_nothing(hall: Flask, door: str) -> None:
    phone = a_phone(hall)
    assert phone.get(door).status_code == 200
    out_of(hall, 1)
    page = phone.get(door)
    assert page.status_code == 403
    assert "An organiser has ended the access of Anna’s phone." in text_of(page)
    assert 'href="/pass"' in page.get_data(as_text=True)
    assert phone.post(f"{door}/envelopes/1").status_code == 403
    refused = client_of(hall)
    ask_in(refused, a_pass(hall), "Ben")
    out_of(hall, 2)
    assert "An organiser did not let in Ben’s phone." in text_of(refused.get(door))
    assert envelopes_opened(hall) == []


def envelopes_opened(hall: Flask) -> list[tuple[int | None, dict[str, object]]]:
    """Who opened which envelope, by the ledger."""
    with hall.app_context():
        return [(entry.actor, entry.body) for entry in entries_of(the_event()) if entry.type == "envelope"]


@both_databases
def test_a_phone_opens_an_envelope_and_notes_help_without_an_account(hall: Flask, door: str) -> None:
    phone = a_phone(hall)
    page = phone.get(f"{door}/envelopes/1")
    assert "Open envelope 1 (25 slips)" in text_of(page)
    for _ in range(2):
        assert phone.post(f"{door}/envelopes/1").headers["Location"] == door
    assert envelopes_opened(hall) == [(None, {"envelope": 1, "slips": 25, "device": 1})]
    organiser_does(hall, open_poll)
    assert "Noted" in text_of(phone.post(f"{door}/help", data={"kind": "reading"}, follow_redirects=True))
    assert "1 so far" in text_of(phone.get(door))
    console = text_of(browser(hall, ORGANISER).get(door.replace("/door", "/desk/events")))
    assert "Envelope 1 opened with 25 slips Who Steward’s phone 1" in console.replace("  ", " ")
    assert "Anna" not in console


def test_an_account_is_named_before_the_phone_it_uses(hall: Flask, door: str) -> None:
    phone = a_phone(hall)
    sign_in(phone, ORGANISER)
    phone.post(f"{door}/envelopes/1")
    [(actor, body)] = envelopes_opened(hall)
    assert actor
    assert body == {"envelope": 1, "slips": 25}


def test_an_auditor_with_a_pass_opens_as_the_phone_and_without_one_only_reads(hall: Flask, door: str) -> None:
    auditor = browser(hall, AUDITOR)
    assert auditor.get(door).status_code == 200
    assert "Open envelope 1 (25 slips)" not in text_of(auditor.get(f"{door}/envelopes/1"))
    assert auditor.post(f"{door}/envelopes/1").status_code == 403
    phone = a_phone(hall)
    sign_in(phone, AUDITOR)
    assert phone.post(f"{door}/envelopes/1").status_code == 302
    assert envelopes_opened(hall) == [(None, {"envelope": 1, "slips": 25, "device": 1})]


def test_a_pass_opens_no_other_events_door_and_no_door_of_another_kind(hall: Flask, door: str) -> None:
    slug = another_event(hall)
    add_door(hall, COMPERE)
    phone = a_phone(hall)
    token = phone.get_cookie("hall-device", path=door)
    assert token
    # A browser would not even send it; a thief would.
    for path in (f"/door/{slug}", f"/compere/{door.rpartition('/')[2]}/trial/who"):
        thief = client_of(hall)
        thief.set_cookie("hall-device", token.value, path="/")
        answer = thief.get(path)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in")
    stranger = client_of(hall)
    stranger.set_cookie("hall-device", "no-such-token", path=door)
    assert stranger.get(door).headers["Location"].startswith("/sign-in")


def test_a_steward_of_another_locality_comes_in_with_a_pass_alone(hall: Flask, door: str) -> None:
    with writing(hall):
        an_account(Role.STEWARD, "elsewhere@council.example", a_locality("Stretford"))
    elsewhere = browser(hall, "elsewhere@council.example")
    assert "take it to the table of Sale" in text_of(elsewhere.get(door))
    ask_in(elsewhere, a_pass(hall))
    assert "Ask an organiser to let in Anna’s phone." in text_of(elsewhere.get(door))
    let_in(hall, 1)
    assert elsewhere.post(f"{door}/envelopes/1").status_code == 302
    assert envelopes_opened(hall)[0][0] is None


def test_a_page_to_which_a_camera_leads_asks_for_itself_once_more(hall: Flask, door: str) -> None:
    led = {"Sec-Fetch-Site": "cross-site"}
    stranger = client_of(hall)
    page = stranger.get(f"{door}/envelopes/1", headers=led)
    again = f"{door}/envelopes/1?once-more=1"
    assert f'<meta http-equiv="refresh" content="0; url={again}">' in page.get_data(as_text=True)
    assert stranger.get(again, headers=led).headers["Location"].startswith("/sign-in"), "and not a third time"
    assert stranger.post(f"{door}/envelopes/1", headers=led).headers["Location"].startswith("/sign-in")
    assert "Open envelope 1" in text_of(browser(hall, ORGANISER).get(f"{door}/envelopes/1", headers=led))
    with writing(hall):
        grant_role(an_account(Role.LP_MEMBER, "member@council.example", the_event().share.locality), Role.AUDITOR)
        account = account_with_email("member@council.example")
        assert account
        account.grants = [grant for grant in account.grants if grant.role is Role.LP_MEMBER]
    member = browser(hall, "member@council.example")
    assert "One moment" in text_of(member.get(door, headers=led))
    assert member.get(door).status_code == 403


def test_a_screen_asks_under_a_call_sign_and_asks_again_when_nobody_came(
    clock: time_machine.Traveller, hall: Flask, door: str
) -> None:
    add_door(hall, SCREEN)
    home = door.replace("/door", "/screen")
    stranger = client_of(hall)
    assert stranger.get(f"{home}/trial/who").headers["Location"] == f"{home}/ask"
    assert "Ask to be a screen" in text_of(stranger.get(f"{home}/ask"))
    screen = a_screen(hall)
    sign = device(hall, 1).name
    assert f"Ask an organiser to let in {sign}." in text_of(screen.get(f"{home}/trial/who"))
    for answer in (screen.get(f"{home}/ask"), screen.post(f"{home}/ask")):
        assert answer.status_code == 302, "it asks once"
    clock.shift(15 * 60)
    page = screen.get(f"{home}/trial/who")
    assert page.status_code == 403
    assert f"Nobody let in {sign} within 15 minutes." in text_of(page)
    assert f'href="{home}/ask"' in page.get_data(as_text=True)
    assert screen.post(f"{home}/ask").headers["Location"] == home
    let_in(hall, 2)
    assert screen.get(f"{home}/trial/who").json == {"name": device(hall, 2).name, "may_write": True, "device": 2}


def test_an_organisers_own_computer_is_a_screen_at_once(hall: Flask, door: str) -> None:
    add_door(hall, SCREEN)
    home = door.replace("/door", "/screen")
    organiser = browser(hall, ORGANISER)
    made = organiser.post(f"{door.replace('/door', '/desk/events')}/passes/screen")
    assert made.headers["Location"] == home
    assert f"Path={home}" in cookies_set(made)[0]
    assert device(hall, 1).is_allowed
    organiser.delete_cookie("session")
    assert organiser.get(f"{home}/trial/who").json == {"name": device(hall, 1).name, "may_write": True, "device": 1}


def test_the_compere_comes_in_with_a_pass_and_a_steward_does_not(hall: Flask, door: str) -> None:
    add_door(hall, COMPERE)
    home = door.replace("/door", "/compere")
    compere = a_phone(hall, COMPERE, "Cleo")
    assert compere.get(f"{home}/trial/who").json == {"name": "Cleo’s phone", "may_write": True, "device": 1}
    with writing(hall):
        an_account(Role.STEWARD, "steward@council.example", the_event().share.locality)
    assert browser(hall, "steward@council.example").get(f"{home}/trial/who").status_code == 403
    auditor = browser(hall, AUDITOR).get(f"{home}/trial/who")
    assert auditor.json == {"name": "The auditor", "may_write": False, "device": 0}


def test_a_phone_still_works_after_the_close_for_whatever_the_door_takes_then(hall: Flask, door: str) -> None:
    phone = a_phone(hall)
    for verb in (open_poll, close_poll):
        organiser_does(hall, verb)
    assert "Hand out no more slips" in text_of(phone.get(door))
    assert phone.post(f"{door}/help", data={"kind": "device"}).status_code == 302
    assert phone.post(f"{door}/envelopes/1").status_code == 409
