"""Accounts come by a mailed link: invitations, sign-in links, and the command for the first organiser. Over HTTP."""

import datetime as dt
import re
from contextlib import suppress

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.access import Role
from pbvote.db import begin_write, db
from pbvote.people import links, service
from pbvote.people.models import Account, LinkPurpose
from pbvote.people.service import account_with_email
from tests.accounts import (
    CONTACT,
    NOON,
    ORGANISER,
    PASSWORD,
    add,
    change,
    is_in,
    mailed_code,
    try_password,
    without_nonce,
)
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import a_locality, an_account, sign_in, writing
from tests.outbox import letters
from tests.pages import client_of, text_of
from tests.together import together


def test_an_invitation_lets_its_reader_choose_a_password_once(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        an_account(Role.ORGANISER)
        sale = str(a_locality().id)
    sign_in(client, ORGANISER)
    form = {"name": "Nia Hughes", "email": "Nia@council.example", "role": "steward", "locality": ""}
    homeless = client.post("/desk/people/invite", data=form)
    assert homeless.status_code == 422
    assert "Choose the locality" in homeless.get_data(as_text=True)
    assert "Nia Hughes" in homeless.get_data(as_text=True)
    assert client.post("/desk/people/invite", data=form | {"locality": sale}).status_code == 302
    again = client.post("/desk/people/invite", data=form | {"role": "auditor"}, follow_redirects=True)
    assert "now has this role too" in again.get_data(as_text=True)
    with app.app_context():
        account = account_with_email("nia@council.example")
        assert account
        assert account.roles == {Role.STEWARD, Role.AUDITOR}

    nia = client_of(app)
    code = mailed_code(app, "nia@council.example")
    assert 'name="password"' in nia.post("/link", data={"code": code.lower()}).get_data(as_text=True)
    too_short = nia.post("/link/password", data={"code": code, "password": "eleven char"})
    assert too_short.status_code == 422
    assert code in too_short.get_data(as_text=True)  # the way to try again
    assert nia.post("/link/password", data={"code": code, "password": PASSWORD}).status_code == 302
    assert nia.get("/my/").headers["Location"] == "/desk/"  # an auditor begins there
    for path in ("/link", "/link/password"):
        assert nia.post(path, data={"code": code, "password": "another long password"}).status_code == 422
    assert try_password(nia, "nia@council.example").status_code == 302


@both_databases
def test_of_two_invitations_to_one_address_at_once_one_is_told_no(app: Flask) -> None:
    answers: list[str] = []

    def invite() -> None:
        try:
            with writing(app):
                service.add_account("Nia", "nia@council.example")
            answers.append("made")
        except service.EmailTaken:
            answers.append("taken")

    together(invite, invite)
    assert sorted(answers) == ["made", "taken"]


def test_a_groups_contact_signs_in_by_a_mailed_link_once_and_within_two_days(app: Flask, client: CheckedClient) -> None:
    add(app, Role.GROUP_CONTACT, CONTACT, password_hash=None)
    with time_machine.travel(NOON, tick=False) as clock:
        client.post("/sign-in/by-mail", data={"email": CONTACT})
        late = mailed_code(app, CONTACT)
        clock.shift(dt.timedelta(days=2))
        refused = client.post("/link", data={"code": late})
        assert refused.status_code == 422
        assert "This link has been used or is out of date." in refused.get_data(as_text=True)
        client.post("/sign-in/by-mail", data={"email": CONTACT})
        code = mailed_code(app, CONTACT)
        clock.shift(dt.timedelta(days=2, seconds=-1))
        assert client.get("/link").status_code == 200  # a scanner of mail follows the link and presses nothing
        assert client.post("/link/password", data={"code": code, "password": PASSWORD}).status_code == 422
        assert client.post("/link", data={"code": code}).headers["Location"] == "/my/"
        assert is_in(client)
        client.post("/sign-out")
        assert client.post("/link", data={"code": code}).status_code == 422
        assert client.post("/link", data={"code": "K7QF-9M2T-XW4X"}).status_code == 422


def test_asking_for_a_link_says_the_same_to_everybody_and_mails_only_contacts(
    app: Flask, client: CheckedClient
) -> None:
    add(app, Role.GROUP_CONTACT, CONTACT)
    add(app, Role.GROUP_CONTACT, "out@group.example", is_disabled=True)
    add(app, Role.ORGANISER, ORGANISER)
    emails = (CONTACT, "out@group.example", ORGANISER, "nobody@council.example")
    pages = {without_nonce(client.post("/sign-in/by-mail", data={"email": email})) for email in emails}
    assert len(pages) == 1
    with app.app_context():
        assert [letter.recipient for letter in letters()] == [CONTACT]


def test_the_first_organiser_comes_by_command_and_the_same_command_is_the_way_back_in(
    app: Flask, client: CheckedClient
) -> None:
    run = app.test_cli_runner().invoke
    said = run(args=["add-organiser", "Olivia@council.example", "Olivia Marsh"])
    assert said.exit_code == 0
    [code] = re.findall(r"/link#(\S+)", said.output)
    answer = client.post("/link/password", data={"code": code, "password": PASSWORD})
    assert answer.headers["Location"] == "/sign-in/second-step"
    change(app, "olivia@council.example", lambda account: setattr(account, "totp_secret", "lost with the phone"))
    assert run(args=["add-organiser", "olivia@council.example", "Olivia Marsh"]).exit_code == 0
    assert try_password(client, "olivia@council.example").status_code == 422  # the old password is gone, too
    with app.app_context():
        account = service.account_with_email("olivia@council.example")
        assert account
        assert account.roles == {Role.ORGANISER}
        assert account.totp_secret is None


@pytest.mark.parametrize(
    "words",
    [
        *(["Olivia Marsh", "olivia@council.example"], ["olivia@council.example", " "]),
        ["=?utf-8?q?a=0d=0ab?=@b.example", "Olivia Marsh"],
    ],
)
def test_the_command_refuses_what_would_make_an_account_that_nobody_can_use(app: Flask, words: list[str]) -> None:
    said = app.test_cli_runner().invoke(args=["add-organiser", *words])
    assert said.exit_code == 2
    with app.app_context():
        assert db.session.scalar(sa.select(Account)) is None


@both_databases
def test_a_link_that_two_hands_press_at_once_works_for_one(app: Flask) -> None:
    add(app, Role.GROUP_CONTACT, CONTACT)
    with writing(app):
        account = service.account_with_email(CONTACT)
        assert account
        code = links.make_link(account, LinkPurpose.SIGN_IN)
    with app.app_context():
        begin_write()
        link = links.open_link(code)  # both have seen it unused
        assert links.use_link(link).email == CONTACT
        with pytest.raises(links.LinkUnusable):
            links.use_link(link)
        db.session.commit()


def opens(client: CheckedClient, code: str) -> bool:
    """Whether the link still leads on."""
    return client.post("/link", data={"code": code}).status_code != 422


def a_link(app: Flask, email: str, purpose: LinkPurpose) -> str:
    """A fresh link for the account; its code."""
    with writing(app):
        account = account_with_email(email)
        assert account
        return links.make_link(account, purpose)


def test_a_newer_link_ends_the_older_ones_of_its_kind_alone(app: Flask, client: CheckedClient) -> None:
    add(app, Role.AUDITOR, "nia@council.example")
    add(app, Role.AUDITOR, "ben@council.example")
    invitation = a_link(app, "nia@council.example", LinkPurpose.INVITATION)
    another = a_link(app, "ben@council.example", LinkPurpose.INVITATION)
    a_link(app, "nia@council.example", LinkPurpose.SIGN_IN)
    assert opens(client, invitation)
    newer = a_link(app, "nia@council.example", LinkPurpose.INVITATION)
    assert not opens(client, invitation)
    assert client.post("/link/password", data={"code": invitation, "password": PASSWORD}).status_code == 422
    assert opens(client, newer)
    assert opens(client, another)


def test_a_password_chosen_ends_every_other_link(app: Flask, client: CheckedClient) -> None:
    add(app, Role.AUDITOR, "nia@council.example")
    sign_in_link = a_link(app, "nia@council.example", LinkPurpose.SIGN_IN)
    invitation = a_link(app, "nia@council.example", LinkPurpose.INVITATION)
    assert client.post("/link/password", data={"code": invitation, "password": PASSWORD}).status_code == 302
    client.post("/sign-out")
    assert not opens(client, sign_in_link)


@pytest.mark.parametrize("purpose", list(LinkPurpose))
def test_a_suspended_accounts_link_opens_nothing_then_or_later(
    app: Flask, client: CheckedClient, purpose: LinkPurpose
) -> None:
    add(app, Role.AUDITOR, "nia@council.example")
    add(app, Role.ORGANISER, ORGANISER)
    code = a_link(app, "nia@council.example", purpose)

    def suspend(is_disabled: bool) -> None:
        with writing(app):
            nia, organiser = account_with_email("nia@council.example"), account_with_email(ORGANISER)
            assert nia
            assert organiser
            service.set_disabled(nia, is_disabled=is_disabled, by=organiser)

    suspend(True)
    fresh = a_link(app, "nia@council.example", purpose)
    for path in ("/link", "/link/password"):
        assert client.post(path, data={"code": fresh, "password": PASSWORD}).status_code == 422
    suspend(False)
    for path in ("/link", "/link/password"):
        assert client.post(path, data={"code": code, "password": PASSWORD}).status_code == 422
    assert not is_in(client)


@both_databases
def test_of_links_that_are_made_at_once_one_remains(app: Flask) -> None:
    add(app, Role.GROUP_CONTACT, CONTACT)
    codes: list[str] = []

    def ask() -> None:
        codes.append(a_link(app, CONTACT, LinkPurpose.SIGN_IN))

    together(ask, ask, ask, ask)
    usable = 0
    with app.app_context():
        for code in codes:
            with suppress(links.LinkUnusable):
                links.open_link(code)
                usable += 1
    assert (len(codes), usable) == (4, 1)


def test_a_password_that_is_soon_guessed_is_refused_and_the_link_stays(app: Flask, client: CheckedClient) -> None:
    add(app, Role.AUDITOR, "nia@council.example", name="Nia Hughes-Okafor")
    code = a_link(app, "nia@council.example", LinkPurpose.INVITATION)
    for weak in ("aaaaaaaaaaaa", "nia@council.example", "hughes-okafor", "Voluntary Sector Grants", "Password2024"):
        answer = client.post("/link/password", data={"code": code, "password": weak})
        assert answer.status_code == 422, weak
        page = answer.get_data(as_text=True)
        assert "Choose three words that don’t belong together." in page
        assert code in page
    assert client.post("/link/password", data={"code": code, "password": PASSWORD}).status_code == 302


def test_a_link_opens_the_page_it_speaks_of_and_two_pages_have_a_link_each(app: Flask, client: CheckedClient) -> None:
    add(app, Role.GROUP_CONTACT, CONTACT, password_hash=None)
    with writing(app):
        contact = account_with_email(CONTACT)
        assert contact
        [first, second, third] = [
            links.make_link(contact, LinkPurpose.SIGN_IN, f"/my/awards/#bid-{number}") for number in (1, 2, 1)
        ]
    assert client.get(f"/link?code={second}").status_code == 200
    assert not is_in(client)  # whoever follows the link has pressed nothing
    assert client.post("/link", data={"code": first}).status_code == 422  # the newer one to that page ended it
    assert client.post("/link", data={"code": second}).headers["Location"] == "/my/awards/#bid-2"
    assert is_in(client)
    assert client_of(app).post("/link", data={"code": third}).headers["Location"] == "/my/awards/#bid-1"


@pytest.mark.parametrize(
    ("came_for", "opens"),
    [
        ("/my/awards/", "/my/awards/"),
        ("", "/my/"),
        ("https://elsewhere.example/", "/my/"),
        ("//elsewhere.example", "/my/"),
        ("/" + "x" * 500, "/my/"),
    ],
)
def test_a_link_that_was_asked_for_leads_on_within_pbvote(
    app: Flask, client: CheckedClient, came_for: str, opens: str
) -> None:
    add(app, Role.GROUP_CONTACT, CONTACT, password_hash=None)
    asked = client.post("/sign-in/by-mail", query_string={"next": came_for}, data={"email": CONTACT})
    assert asked.status_code == 200
    assert client.post("/link", data={"code": mailed_code(app, CONTACT)}).headers["Location"] == opens


@pytest.mark.parametrize("path", ["/grant", "/bids/answer", "/bids/look-again"])
def test_only_a_link_that_signs_in_offers_to_stay_signed_in(app: Flask, path: str) -> None:
    offer = "Keep me signed in on this phone"
    assert offer in text_of(client_of(app).get("/link"))
    assert offer not in text_of(client_of(app).get(path)), "nobody is signed in by this code"
