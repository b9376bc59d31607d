"""The first look: an organiser sees a sealed outcome before it is public, alone, and the ledger says so."""

from pathlib import Path

import pytest
from flask import Flask

from pbvote.access import Role
from pbvote.vote.acts.witnesses import name_witness
from pbvote.vote.ledger.service import entries_of
from pbvote.vote.passes.models import DeviceKind
from pbvote.vote.results.service import publish_outcome
from tests.checked_client import CheckedClient
from tests.factories import account_for_slips, an_account, count_closed, count_with_witness, the_event, writing
from tests.finished_polls import bundle_file, recount
from tests.hall import ORGANISER, SECOND_ORGANISER, organiser_does, slug, vote
from tests.pages import browser, client_of, text_of
from tests.passes import COMPERE, a_phone, a_screen, device_count, let_in

OTHERS = {role: f"{role.value}@others.example" for role in Role if role is not Role.ORGANISER}
SCORE = "30 points"


@pytest.fixture
def desk(app: Flask) -> str:
    """The desk of an event whose six ballots are counted and sealed, with an account for each role."""
    vote(app, [(5, 4, 1)] * 6)
    with writing(app):
        an_account(Role.ORGANISER, SECOND_ORGANISER)
        for role, email in OTHERS.items():
            is_local = role in {Role.STEWARD, Role.LP_MEMBER}
            an_account(role, email, the_event().share.locality if is_local else None)
    organiser_does(app, lambda event, organiser: name_witness(event, "Wendy", organiser))
    organiser_does(app, count_closed)
    return f"/desk/events/{slug(app)}"


def looks(app: Flask) -> list[int | None]:
    """Who has looked, as the ledger tells."""
    with app.app_context():
        return [entry.actor for entry in entries_of(the_event()) if entry.type == "look"]


def test_the_outcome_is_shown_once_the_ledger_says_who_looks(app: Flask, desk: str) -> None:
    olivia = browser(app, ORGANISER)
    before = olivia.get(f"{desk}/outcome")
    assert SCORE not in text_of(before)
    assert "B-01" not in text_of(before)
    assert looks(app) == []  # nothing is written by a look at the button
    for _ in range(2):
        seen = olivia.post(f"{desk}/outcome", follow_redirects=True)
        assert SCORE in text_of(seen)
    assert len(looks(app)) == 1
    assert before.headers["Cache-Control"] == seen.headers["Cache-Control"] == "no-store"
    # It is hers alone: the other organiser has to say so too.
    omar = browser(app, SECOND_ORGANISER)
    assert SCORE not in text_of(omar.get(f"{desk}/outcome"))
    # Where all or none are funded, their number is the outcome.
    funded = [" bids funded." in text_of(who.get(f"{desk}/publish")) for who in (olivia, omar)]
    assert funded == [True, False]
    assert omar.get(f"{desk}/other-rules").headers["Location"] == f"{desk}/outcome"
    omar.post(f"{desk}/outcome")
    assert len(set(looks(app))) == len(looks(app)) == 2
    assert "The outcome was looked at before it was public" in text_of(omar.get(desk))


def test_nobody_else_reaches_the_page_at_any_stage(app: Flask, desk: str) -> None:
    def nobody_comes_in() -> None:
        for page in ("outcome", "other-rules"):
            for email in OTHERS.values():
                other = browser(app, email)
                assert other.get(f"{desk}/{page}").status_code == 403, (email, page)
                assert other.post(f"{desk}/outcome").status_code == 403, email
            assert "/sign-in" in client_of(app).get(f"{desk}/{page}").headers["Location"]

    nobody_comes_in()
    olivia = browser(app, ORGANISER)
    olivia.post(f"{desk}/outcome")
    nobody_comes_in()
    organiser_does(app, publish_outcome)
    nobody_comes_in()
    assert len(looks(app)) == 1


@pytest.mark.parametrize("kind", [DeviceKind.SCREEN, DeviceKind.COMPERE])
def test_pages_of_the_hall_hold_the_announcement_for_nobody_who_has_not_said_that_they_look(
    app: Flask, desk: str, kind: DeviceKind
) -> None:
    address, connected = kind.home(slug(app)), a_phone(app, COMPERE) if kind is COMPERE else a_screen(app)
    let_in(app, device_count(app))

    def holds_it(who: CheckedClient) -> bool:
        page = who.get(address)
        assert page.status_code == 200
        return "data-reveal" in page.get_data(as_text=True) or "points" in text_of(page)

    olivia, auditor = browser(app, ORGANISER), browser(app, OTHERS[Role.AUDITOR])
    assert (holds_it(connected), holds_it(olivia), holds_it(auditor)) == (True, False, False)
    assert looks(app) == []
    olivia.post(f"{desk}/outcome")
    assert (holds_it(olivia), holds_it(browser(app, SECOND_ORGANISER))) == (True, False)
    organiser_does(app, publish_outcome)
    assert holds_it(auditor)


def test_nobody_looks_before_the_seal(app: Flask, client: CheckedClient) -> None:
    vote(app, [(5, 4, 1)] * 6)
    desk, olivia = f"/desk/events/{slug(app)}", browser(app, ORGANISER)

    def is_shut() -> None:
        answers = [olivia.get(f"{desk}/{page}") for page in ("outcome", "other-rules")]
        for answer in [*answers, olivia.post(f"{desk}/outcome")]:
            assert answer.status_code == 409
            assert "Nobody sees the outcome before the count is sealed." in text_of(answer)

    is_shut()
    organiser_does(app, account_for_slips)
    organiser_does(app, count_with_witness)  # counted, and the key not destroyed yet: the outcome is in the database
    is_shut()
    assert looks(app) == []


def test_once_it_is_public_a_look_is_no_secret_and_is_not_entered(app: Flask, desk: str) -> None:
    organiser_does(app, publish_outcome)
    olivia = browser(app, ORGANISER)
    assert SCORE in text_of(olivia.get(f"{desk}/outcome"))
    olivia.post(f"{desk}/outcome")
    assert looks(app) == []


def test_a_recount_takes_a_look_after_the_seal_for_what_it_is(app: Flask, desk: str, tmp_path: Path) -> None:
    browser(app, ORGANISER).post(f"{desk}/outcome")
    organiser_does(app, publish_outcome)
    assert len(looks(app)) == 1
    status, said = recount(bundle_file(app, tmp_path))
    assert status == 0, said
    assert "Everything fits." in said
