"""A group is thanked by name, is told what its report was good for, and money that is left finds its place."""

import datetime as dt

import pytest
import time_machine
from flask import Flask

from pbvote.core.clock import now
from pbvote.core.working_days import working_days_after
from pbvote.filters import day
from pbvote.grants.reports.models import LeftPlan
from pbvote.grants.reports.refusals import AlreadyThanked
from pbvote.grants.reports.service import report_of
from pbvote.grants.reports.thanking import thank as thank_for
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import writing
from tests.grants.paying import GROUPS, SECOND, SMALL, day_of, organiser, the_award
from tests.grants.reporting import DESK, GROUP, THANKS, contact, pay_all, ready, reports, send, thank
from tests.outbox import letters
from tests.pages import browser, text_of
from tests.together import together


@pytest.fixture
def desk(app: Flask) -> CheckedClient:
    """An organiser, and two groups that may report."""
    return ready(app)


def test_a_report_is_a_task_with_a_last_day_and_its_thanks_a_letter_by_name(app: Flask, desk: CheckedClient) -> None:
    send(contact(app))
    assert "Thank 1 group for its report" in text_of(desk.get("/desk/"))
    board = text_of(desk.get("/desk/reports/"))
    assert "Reports to answer" in board
    assert day(working_days_after(now().date(), 10)) in board
    page = text_of(desk.get(f"{DESK}/report"))
    assert "Thank you, Contact of Group 3, for telling us what became of “Project of Group 3”." in page
    assert "41 people took part." in page
    assert desk.post(f"{DESK}/report/thank", data={"thanks": " "}).status_code == 422
    assert "To do Nobody has thanked the group for its report yet." in page
    assert thank(desk).status_code == 302
    assert "Done The report is answered." in text_of(desk.get(f"{DESK}/report"))
    with app.app_context():
        [letter] = [one for one in letters() if one.subject.startswith("Thank you for your report")]
        assert letter.recipient == GROUPS[SMALL]
        assert THANKS["thanks"] in letter.body
        assert "The organiser" in letter.body
    assert THANKS["thanks"] in text_of(contact(app).get("/my/awards/"))
    assert THANKS["thanks"] in text_of(contact(app).get(f"{GROUP}/report"))
    assert "for its report" not in text_of(desk.get("/desk/"))


def test_thanks_that_are_late_say_so(app: Flask, desk: CheckedClient) -> None:
    send(contact(app))
    with time_machine.travel(now() + dt.timedelta(days=25), tick=False):
        late = browser(app, organiser_email())
        assert "Overdue" in text_of(late.get("/desk/reports/"))
        assert "Thank 1 group for its report" in text_of(late.get("/desk/"))


def organiser_email() -> str:
    """Who made the awards."""
    return "organiser@council.example"


def test_the_second_officer_is_shown_what_the_first_wrote(app: Flask, desk: CheckedClient) -> None:
    send(contact(app))
    assert thank(desk).status_code == 302
    second = browser(app, SECOND).post(f"{DESK}/report/thank", data={"thanks": "Lovely, thanks a lot."})
    assert second.status_code == 409
    said = text_of(second)
    assert THANKS["thanks"] in said
    assert "What you wrote was not sent." in said
    assert "Lovely, thanks a lot." in said
    assert [each.answer for each in reports(app)] == [THANKS["thanks"]]


@both_databases
def test_of_two_officers_at_once_the_first_wins(app: Flask) -> None:
    ready(app)
    send(contact(app))
    ended: list[str] = []

    def answer(email: str) -> None:
        try:
            with writing(app):
                award = the_award(SMALL)
                report = report_of(award)
                assert report
                thank_for(award, report, f"Thanks from {email}", organiser(email))
            ended.append(email)
        except AlreadyThanked:
            ended.append("")

    together(lambda: answer(organiser_email()), lambda: answer(SECOND))
    [winner] = [email for email in ended if email]
    assert [each.answer for each in reports(app)] == [f"Thanks from {winner}"]
    with app.app_context():
        assert len([one for one in letters() if one.subject.startswith("Thank you for your report")]) == 1


def test_later_the_group_hears_what_its_report_was_good_for(app: Flask, desk: CheckedClient) -> None:
    send(contact(app))
    used = {"used_in": "in the board report of November"}
    assert desk.post(f"{DESK}/report/used", data=used).status_code == 409, "thanks come first"
    thank(desk)
    assert desk.post(f"{DESK}/report/used", data=used).status_code == 302
    assert desk.post(f"{DESK}/report/used", data=used).status_code == 409
    assert "What you told us was used: in the board report of November" in text_of(contact(app).get("/my/awards/"))
    with app.app_context():
        assert len([one for one in letters() if "was used" in one.subject]) == 1


def test_what_is_left_may_be_kept(app: Flask, desk: CheckedClient) -> None:
    pay_all(app, desk)
    send(contact(app), left_pence="12.50", left_wish="keep")
    assert "You would like to keep it for the same purpose." in text_of(contact(app).get(f"{GROUP}/report"))
    assert "The group would like to keep it for the same purpose." in text_of(desk.get(f"{DESK}/report"))
    assert "Agree what becomes of money that 1 group has left" in text_of(desk.get("/desk/"))
    assert desk.post(f"{DESK}/report/left", data={"plan": "keep"}).status_code == 302
    assert desk.post(f"{DESK}/report/left", data={"plan": "send_back"}).status_code == 409
    [report] = reports(app)
    assert report.left_agreed is LeftPlan.KEEP
    assert "Please keep what is left, for the same purpose." in text_of(contact(app).get("/my/awards/"))
    assert "The money is accounted for." in text_of(desk.get(f"{DESK}/report"))


def test_what_is_left_may_come_back_and_money_notes_the_day(app: Flask, desk: CheckedClient) -> None:
    pay_all(app, desk)
    send(contact(app), left_pence="12.50", left_wish="send_back")
    assert "Nobody has agreed yet what becomes of the money that is left." in text_of(desk.get(f"{DESK}/report"))
    assert desk.post(f"{DESK}/report/left", data={"plan": "send_back"}).status_code == 302
    assert "£12.50 has not come back yet." in text_of(desk.get(f"{DESK}/report"))
    assert "Please send back what is left." in text_of(contact(app).get("/my/awards/"))
    back = {"number": "1", "pence": "12.50", "why": "It cost less", **day_of("returned_on")}
    assert desk.post(f"{DESK}/money/returns", data=back).status_code == 302
    assert "The money is accounted for." in text_of(desk.get(f"{DESK}/report"))
    assert "Please send back" not in text_of(contact(app).get("/my/awards/"))
    with app.app_context():
        assert [one.subject for one in letters() if "that is left" in one.subject] == ["About the £12.50 that is left"]


def test_nothing_left_is_nothing_to_agree(app: Flask, desk: CheckedClient) -> None:
    send(contact(app))
    for plan in ("keep", ""):
        assert desk.post(f"{DESK}/report/left", data={"plan": plan}).status_code == 409
