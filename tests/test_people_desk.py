"""The desk's pages about people: finding them, their roles, suspending them, and what the letters say. Over HTTP."""

import threading

import pytest
from flask import Flask

from pbvote.access import Role
from pbvote.people import service
from pbvote.people.models import Account
from tests.accounts import AUDITOR, CONTACT, HASH, ORGANISER, add, change, is_in, try_password
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import a_locality, an_account, sign_in, writing
from tests.outbox import letters
from tests.pages import text_of

SECOND = "second@council.example"


@pytest.fixture
def desk(app: Flask, client: CheckedClient) -> CheckedClient:
    """An organiser who is signed in, in a council with two localities."""
    with writing(app):
        a_locality("Sale")
        a_locality("Urmston")
        an_account(Role.ORGANISER, ORGANISER).name = "Olivia Marsh"
    sign_in(client, ORGANISER)
    return client


def account(app: Flask, email: str) -> Account:
    """The account with this address, with its roles."""
    with app.app_context():
        found = service.account_with_email(email)
        assert found
        _ = [grant.locality for grant in found.grants]
        return found


def page_of(app: Flask, email: str) -> str:
    """Where an organiser finds this person."""
    return f"/desk/people/{account(app, email).id}"


def held(app: Flask, email: str) -> list[tuple[str, str]]:
    """The roles of an account, each with its locality or ""."""
    grants = account(app, email).grants
    return sorted((grant.role.value, grant.locality.name if grant.locality else "") for grant in grants)


def names_on(desk: CheckedClient, search: str) -> str:
    """What the list says to this search."""
    answer = desk.get(f"/desk/people/?{search}")
    assert answer.status_code == 200
    return text_of(answer)


def test_people_are_found_by_name_address_and_role(app: Flask, desk: CheckedClient) -> None:
    add(app, Role.AUDITOR, "audrey.pym@council.example", name="Audrey Pym")
    add(app, Role.GROUP_CONTACT, "grace@group.example", name="Żaneta 100% O'Dell")
    assert "3 people" in names_on(desk, "")
    assert "1 person" in names_on(desk, "role=auditor")
    for search in ("words=PYM", "words=audrey.pym%40", "words=+Audrey+", "role=auditor&words=pym"):
        said = names_on(desk, search)
        assert "Audrey Pym" in said, search
        assert "1 person" in said, search
    for search in ("words=%C5%BCaneta", "words=%25", "words=O'D", "words=GROUP.example"):
        assert "1 person" in names_on(desk, search), search
    for search in ("words=nobody", "words=_", "role=steward", "role=auditor&words=Olivia"):
        assert "Nobody has these words" in names_on(desk, search), search
    for search in ("role=emperor", "page=99", "page=-1", "page=x", "words=%00", "_scheme=x&endpoint=y&values=z"):
        assert "3 people" in names_on(desk, search), search


def test_a_long_list_has_pages_that_keep_the_search(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        for number in range(120):
            an_account(Role.AUDITOR, f"a{number:03}@council.example").name = f"Auditor {number:03}"
    first = desk.get("/desk/people/?role=auditor&_scheme=x&endpoint=y")
    assert "120 people" in text_of(first)
    assert "Auditor 049" in text_of(first)
    assert "Auditor 050" not in text_of(first)
    page = first.get_data(as_text=True)
    assert 'rel="prev"' not in page
    assert 'href="?role=auditor&amp;_scheme=x&amp;endpoint=y&amp;page=2"' in page
    last = desk.get("/desk/people/?role=auditor&page=3")
    assert "Auditor 119" in text_of(last)
    assert 'rel="next"' not in last.get_data(as_text=True)


def test_an_address_breaks_after_its_at_sign_alone_and_is_escaped(app: Flask, desk: CheckedClient) -> None:
    add(app, Role.AUDITOR, "o'brien&co@council.example")
    page = desk.get("/desk/people/").get_data(as_text=True)
    assert "o&#39;brien&amp;co@<wbr>council.example" in page


def test_roles_are_added_and_taken_away_with_their_locality(app: Flask, desk: CheckedClient) -> None:
    add(app, Role.AUDITOR, AUDITOR)
    page = page_of(app, AUDITOR)
    assert desk.post(f"{page}/roles", data={"role": "steward", "locality": ""}).status_code == 422
    for locality in ("1", "2", "2"):  # the same role in a second locality is another; twice in one it is the same
        assert desk.post(f"{page}/roles", data={"role": "steward", "locality": locality}).status_code == 302
    assert held(app, AUDITOR) == [("auditor", ""), ("steward", "Sale"), ("steward", "Urmston")]
    assert "Steward, Urmston" in text_of(desk.get(page))
    sale = next(grant for grant in account(app, AUDITOR).grants if grant.locality and grant.locality.name == "Sale")
    for _ in range(2):  # a second press does no harm
        answer = desk.post(f"{page}/roles/{sale.id}/take-away", follow_redirects=True)
        assert "no longer has this role" in text_of(answer)
    assert held(app, AUDITOR) == [("auditor", ""), ("steward", "Urmston")]
    assert desk.post(f"{page}/roles", data={"role": "group_contact"}).status_code == 422
    assert desk.post("/desk/people/99/roles", data={"role": "auditor"}).status_code == 404


def test_a_role_is_taken_from_the_account_that_holds_it_alone(app: Flask, desk: CheckedClient) -> None:
    add(app, Role.AUDITOR, AUDITOR)
    add(app, Role.AUDITOR, "other@council.example")
    [grant] = account(app, "other@council.example").grants
    desk.post(f"{page_of(app, AUDITOR)}/roles/{grant.id}/take-away")
    assert held(app, "other@council.example") == [("auditor", "")]


def test_a_contacts_role_comes_with_the_bid_and_stays(app: Flask, desk: CheckedClient) -> None:
    add(app, Role.GROUP_CONTACT, CONTACT)
    [grant] = account(app, CONTACT).grants
    page = page_of(app, CONTACT)
    assert "Comes with a bid" in text_of(desk.get(page))
    assert desk.post(f"{page}/roles/{grant.id}/take-away").status_code == 409
    assert held(app, CONTACT) == [("group_contact", "")]


def test_nobody_suspends_themselves_or_takes_their_own_organisers_role(app: Flask, desk: CheckedClient) -> None:
    add(app, Role.ORGANISER, SECOND)
    page, [grant] = page_of(app, ORGANISER), account(app, ORGANISER).grants
    for path in (f"{page}/disable", f"{page}/roles/{grant.id}/take-away"):
        answer = desk.post(path)
        assert answer.status_code == 409
        assert "You can’t do this to your own account." in text_of(answer)
    shown = text_of(desk.get(page))
    assert "Only another organiser can take this away" in shown
    assert "Suspend" not in shown
    assert desk.get("/desk/").status_code == 200


@both_databases
@pytest.mark.parametrize("verb", ["take", "suspend"])
def test_of_two_organisers_who_put_each_other_out_at_once_one_remains(app: Flask, verb: str) -> None:
    with writing(app):
        an_account(Role.ORGANISER, ORGANISER)
        an_account(Role.ORGANISER, SECOND)
    together, answers = threading.Barrier(2), []

    def put_out(email: str, by: str) -> None:
        together.wait()
        try:
            with writing(app):
                other, organiser = service.account_with_email(email), service.account_with_email(by)
                assert other
                assert organiser
                if verb == "take":
                    service.take_role(other, other.grants[0].id, by=organiser)
                else:
                    service.set_disabled(other, is_disabled=True, by=organiser)
            answers.append("done")
        except service.LastOrganiser:
            answers.append("refused")

    threads = [threading.Thread(target=put_out, args=pair) for pair in ((ORGANISER, SECOND), (SECOND, ORGANISER))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["done", "refused"]
    left = [each for each in (account(app, ORGANISER), account(app, SECOND)) if each.grants and not each.is_disabled]
    assert len(left) == 1


def test_a_suspended_organiser_does_not_count_as_one(app: Flask) -> None:
    with writing(app):
        by = an_account(Role.ORGANISER, ORGANISER)
        second = an_account(Role.ORGANISER, SECOND)
        by.is_disabled = True  # while their page was open
        with pytest.raises(service.LastOrganiser):
            service.set_disabled(second, is_disabled=True, by=by)
        with pytest.raises(service.LastOrganiser):
            service.take_role(second, second.grants[0].id, by=by)


def test_a_new_organiser_is_signed_out_to_set_up_the_second_step(app: Flask, desk: CheckedClient) -> None:
    add(app, Role.AUDITOR, AUDITOR)
    browser: CheckedClient = app.test_client()  # type: ignore[assignment]
    try_password(browser, AUDITOR)
    desk.post(f"{page_of(app, AUDITOR)}/roles", data={"role": "steward", "locality": "1"})
    assert is_in(browser)
    desk.post(f"{page_of(app, AUDITOR)}/roles", data={"role": "organiser"})
    assert not is_in(browser)
    assert try_password(browser, AUDITOR).headers["Location"].startswith("/sign-in/second-step")


def test_a_suspended_person_is_told_apart_and_let_in_again(app: Flask, desk: CheckedClient) -> None:
    add(app, Role.AUDITOR, AUDITOR)
    page = page_of(app, AUDITOR)
    assert "can no longer sign in" in text_of(desk.post(f"{page}/disable", follow_redirects=True))
    assert "Suspended" in text_of(desk.get("/desk/people/"))
    shown = text_of(desk.get(page))
    assert "Let in again" in shown
    assert "Mail a password link" not in shown
    assert "can sign in again" in text_of(desk.post(f"{page}/enable", follow_redirects=True))
    assert "Suspended" not in text_of(desk.get("/desk/people/"))


def test_an_auditor_reads_people_and_is_offered_nothing_to_press(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        an_account(Role.AUDITOR, AUDITOR)
    sign_in(desk, AUDITOR)
    shown = text_of(desk.get(page_of(app, ORGANISER)))
    assert "Olivia Marsh" in shown
    for words in ("Take away", "Suspend", "Add a role", "Mail a password link"):
        assert words not in shown


def test_an_invitation_says_who_sends_it_for_what_and_what_to_do_if_it_is_a_mistake(
    app: Flask, desk: CheckedClient
) -> None:
    form = {"name": "Nia Hughes", "email": "nia@council.example", "role": "steward", "locality": "1"}
    desk.post("/desk/people/invite", data=form)
    desk.post(f"{page_of(app, 'nia@council.example')}/roles", data={"role": "auditor"})
    desk.post(f"{page_of(app, 'nia@council.example')}/link")
    change(app, "nia@council.example", lambda nia: setattr(nia, "password_hash", HASH))
    desk.post(f"{page_of(app, 'nia@council.example')}/link")
    with app.app_context():
        new_password, second, first = letters()
    assert first.subject == "Your account at Voluntary Sector Grants"
    assert first.body.startswith(
        "Dear Nia Hughes,\n\n"
        "Olivia Marsh has given you an account at Voluntary Sector Grants. This is a service of Your Council.\n\n"
        "Your part: you are a steward in Sale.\n\n"
        "This link works once, within seven days, and lets you choose a password:\n\n"
    )
    assert first.body.endswith(
        "You get this letter because Olivia Marsh entered your e-mail address. "
        "If that is a mistake, don’t use the link. Write to grants@council.example.\n\nYour Council\n"
    )
    assert "you are a steward in Sale and an auditor." in second.body
    assert new_password.subject == "A new password for Voluntary Sector Grants"
    assert "Olivia Marsh has sent you a link for a new password at Voluntary Sector Grants." in new_password.body
