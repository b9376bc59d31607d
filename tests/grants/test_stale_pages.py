"""What is sent from a page that is out of date is answered by what has happened, not by what is wrong in its boxes."""

import datetime as dt
import io
import re

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.access import Role
from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.grants.awards.models import AwardState
from pbvote.grants.visits.models import CheckIn
from tests.factories import an_account, writing
from tests.files.samples import photo_file
from tests.grants.reporting import GROUP, contact, ready
from tests.grants.visiting import MEMBER, ORGANISER, OTHER, account, day, first_award, log
from tests.pages import browser, text_of

TOO_MUCH = "word " * 300


def test_a_correction_that_comes_too_late_says_so_whatever_is_wrong_in_it(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    log(member)
    with writing(app):
        db.session.execute(sa.update(CheckIn).values(logged_at=now() - dt.timedelta(days=2)))
    late = member.post("/my/groups/1/check-ins/1", data={"words": TOO_MUCH})
    assert late.status_code == 409
    assert "A day has passed, and the group reads this check-in now." in text_of(late)
    assert "word word" in text_of(late), "what was typed is there to copy"


def test_a_worry_that_was_answered_shows_the_answer_whatever_comes_after_it(app: Flask, funded: None) -> None:
    log(browser(app, MEMBER), standing="worried", words="Nobody came.")
    with writing(app):
        an_account(Role.ORGANISER, "second@council.example")
    desk = browser(app, ORGANISER)
    assert desk.post("/desk/worries/1", data={"answer": "I rang them."}).status_code == 302
    for answer in ("", TOO_MUCH):
        late = desk.post("/desk/worries/1", data={"answer": answer})
        assert late.status_code == 409
        assert "I rang them." in text_of(late)
    given = desk.post("/desk/worries/1/officer", data={"officer": "nobody"})
    assert given.status_code == 409
    assert "Somebody has answered this worry meanwhile." in text_of(given)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (AwardState.CLOSED, "This grant is closed. Nobody needs to see to it any more."),
        (AwardState.DECLINED, "The group gave this award back, so it needs no mentor."),
        (AwardState.WAITS_FOR_SECOND, "The group has not accepted its award yet."),
    ],
)
def test_no_mentor_is_chosen_for_a_grant_that_is_not_under_way_and_the_page_says_why(
    app: Flask, funded: None, state: AwardState, said: str
) -> None:
    with writing(app):
        first_award().state = state
        member = account(OTHER).id
    desk = browser(app, ORGANISER)
    for form in ({"member": str(member), "seen": "1"}, {"member": "nobody"}):
        late = desk.post("/desk/monitoring/1", data=form)
        assert late.status_code == 409
        assert said in text_of(late)


def test_a_number_that_no_page_says_is_refused_as_an_old_page_is(app: Flask, funded: None) -> None:
    desk = browser(app, ORGANISER)
    with app.app_context():
        member = account(OTHER).id
    for seen in ("9" * 5_000, "-1", "x"):
        assert desk.post("/desk/monitoring/1", data={"member": str(member), "seen": seen}).status_code == 409
    assert desk.get(f"/desk/monitoring/?page={'9' * 5_000}").status_code == 200


def test_a_receipt_that_nobody_asks_for_is_not_stored_and_the_page_says_so(app: Flask) -> None:
    ready(app)
    receipt = {"position": "1", "receipt": (io.BytesIO(photo_file()), "receipt.jpg")}
    refused = contact(app).post(f"{GROUP}/receipts", data=receipt, content_type="multipart/form-data")
    assert refused.status_code == 409
    assert "We ask for no receipts of this grant" in text_of(refused)


def test_a_group_that_is_no_longer_ones_own_is_refused_beside_its_box(app: Flask) -> None:
    ready(app)
    member = browser(app, MEMBER)
    said = {"form_key": "k", "standing": "going_well", "contact_method": "visit", "words": "Well."}
    for other in ("99", "x", "9" * 5_000):
        refused = member.post("/my/groups/1", data=said | day("met_on", today()) | {"others": other})
        assert refused.status_code == 422
        assert "Choose one of the answers listed" in text_of(refused)
        assert '<details class="govuk-details" open>' in refused.get_data(as_text=True), "its box is not folded away"


def test_what_is_wrong_in_a_check_in_is_listed_in_the_order_of_the_page(app: Flask, funded: None) -> None:
    wrong = {"words": TOO_MUCH, "concern": TOO_MUCH, "needs": "gold", "kept": "x", "next_visit": "x", "standing": ""}
    refused = browser(app, MEMBER).post("/my/groups/1", data=wrong | day("met_on", today()))
    assert refused.status_code == 422
    listed = re.findall(r'<a href="#([a-z_]+)', refused.get_data(as_text=True))
    listed.remove("main")
    assert listed == ["standing", "words", "concern", "next_visit", "needs", "contact_method"]
