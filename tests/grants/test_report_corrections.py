"""A report that was sent is put right: the group asks, or an officer opens it; what it said before stays on record."""

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.grants.promises.models import KeptBy, Promise
from pbvote.grants.reports.correcting import correct_report, open_report
from pbvote.grants.reports.models import FormerReport, LeftPlan, Report, ReportDraft, ReportManner
from pbvote.grants.reports.refusals import ReportNotOpen
from pbvote.grants.reports.sending import NewReport
from pbvote.grants.reports.service import report_of
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import writing
from tests.grants.paying import GROUPS, LARGE, SECOND, SMALL, day_of, organiser, the_award
from tests.grants.reporting import (
    DESK,
    GROUP,
    HAPPENED,
    MEMBER,
    THANKS,
    contact,
    make_photo_size,
    pay_all,
    ready,
    reports,
    send,
    thank,
    visited,
)
from tests.outbox import letters
from tests.pages import browser, text_of
from tests.together import together

WRONG = "We wrote 41, and 14 came."
BETTER = "14 people cooked together. Nobody went home hungry."
OPEN = {"words": WRONG}


@pytest.fixture
def desk(app: Flask) -> CheckedClient:
    """An organiser, and two groups that may report."""
    return ready(app)


def former(app: Flask) -> list[FormerReport]:
    """What reports said before, the first in front."""
    with app.app_context():
        return list(db.session.scalars(sa.select(FormerReport).order_by(FormerReport.id)))


def test_the_group_asks_an_officer_agrees_and_what_it_said_stays_on_record(app: Flask, desk: CheckedClient) -> None:
    group = contact(app)
    send(group, may_quote="y")
    thank(desk)
    assert "Something in it is wrong" in text_of(group.get(f"{GROUP}/report"))
    assert "Say what is wrong" in text_of(group.post(f"{GROUP}/change/report", data={"words": ""}))
    assert group.post(f"{GROUP}/change/report", data=OPEN).status_code == 302
    assert group.post(f"{GROUP}/change/report", data=OPEN).status_code == 409
    assert "Answer 1 group that asks for a change" in text_of(desk.get("/desk/"))
    assert "To correct its report, asked on" in text_of(desk.get("/desk/reports/"))
    assert WRONG in text_of(desk.get(f"{DESK}/report"))
    assert group.post(f"{GROUP}/report", data={"happened": BETTER, "version": "0"}).status_code == 409, "not open yet"
    said = {"said": "yes", "answer": "Please do.", "reason": ""}
    assert desk.post(f"{DESK}/changes/1", data=said).status_code == 302
    with app.app_context():
        [letter] = [one for one in letters() if one.subject.startswith("You can correct your report")]
        assert letter.recipient == GROUPS[SMALL]
    assert "Correct your report" in text_of(group.get("/my/awards/"))
    page = group.get(f"{GROUP}/report")
    assert f"This is to be put right: {WRONG}" in text_of(page)
    assert HAPPENED in text_of(page), "filled in with what it says"
    assert 'value="41"' in page.get_data(as_text=True)
    assert send(group, happened=BETTER, people="14").status_code == 302
    [report], [before] = reports(app), former(app)
    assert (report.happened, report.people, report.may_quote, report.is_open) == (BETTER, 14, False, False)
    assert (before.happened, before.people, before.may_quote, before.why) == (HAPPENED, 41, True, WRONG)
    assert report.answer == THANKS["thanks"], "a thank-you that was sent stays"
    told = text_of(desk.get(f"{DESK}/report"))
    for words in (BETTER, HAPPENED, WRONG, "14 people took part.", "41 people took part.", "it on"):
        assert words in told
    assert "Corrected by Contact of Group 3 on" in text_of(group.get(f"{GROUP}/report"))
    assert HAPPENED not in text_of(group.get(f"{GROUP}/report"))
    story = text_of(desk.get(f"/desk/monitoring/{SMALL}"))
    assert f"The group asked to correct its report: {WRONG}" in story
    assert f"The report was corrected: {WRONG}" in story
    assert group.post(f"{GROUP}/report", data={"happened": HAPPENED, "version": "0"}).status_code == 409


def test_an_officer_opens_it_and_may_leave_it_as_it_is(app: Flask, desk: CheckedClient) -> None:
    assert desk.get(f"{DESK}/report/open").status_code == 409, "there is none"
    send(contact(app))
    assert "Say what is wrong" in text_of(desk.post(f"{DESK}/report/open", data={"words": ""}))
    assert desk.post(f"{DESK}/report/leave").status_code == 409
    assert desk.post(f"{DESK}/report/open", data=OPEN).status_code == 302
    assert desk.post(f"{DESK}/report/open", data=OPEN).status_code == 409
    assert WRONG in text_of(contact(app).get("/my/awards/"))
    assert "Open to be corrected" in text_of(desk.get("/desk/reports/"))
    group = contact(app)
    assert group.post(f"{GROUP}/report/draft", data={"version": "0", "happened": "Half a"}).status_code == 200
    assert desk.post(f"{DESK}/report/leave").status_code == 302
    assert group.post(f"{GROUP}/report", data={"happened": BETTER, "version": "1"}).status_code == 409
    assert HAPPENED in text_of(group.get(f"{GROUP}/report"))
    with app.app_context():
        assert db.session.scalars(sa.select(ReportDraft)).all() == []
        said = [one.subject for one in letters() if one.recipient == GROUPS[SMALL]]
    assert "You can correct your report about “Project of Group 3”" in said
    assert "Your report about “Project of Group 3” stays as it is" in said
    assert former(app) == []


@pytest.mark.parametrize(
    ("email", "address"),
    [(MEMBER, f"/my/groups/{SMALL}/report"), ("organiser@council.example", f"{DESK}/report/write")],
)
def test_it_may_be_told_to_the_mentor_or_an_officer(app: Flask, desk: CheckedClient, email: str, address: str) -> None:
    send(contact(app))
    desk.post(f"{DESK}/report/open", data=OPEN)
    assert send(browser(app, email), address, happened=BETTER, people="14").status_code == 302
    [report] = reports(app)
    assert (report.happened, report.manner) == (BETTER, ReportManner.WRITTEN)
    with app.app_context():
        assert [one.recipient for one in letters() if one.subject.startswith("Your report about")] == [GROUPS[SMALL]]


def test_figures_add_up_to_what_the_group_had_and_the_former_ones_stay(app: Flask, desk: CheckedClient) -> None:
    group, address = contact(app, LARGE), f"/my/awards/{LARGE}/report"
    page = group.get(address).get_data(as_text=True)
    name = "spent_0" if 'name="spent_0"' in page else "spent_1"
    told = {"left_pence": "100", "left_wish": "send_back", "why_no_receipt": "The shop closed."}
    send(group, address, **told, **{name: "2,900"})
    desk.post(f"/desk/awards/{LARGE}/report/open", data={"words": "It was 2,950."})
    wrong = send(group, address, **told, **{name: "2,950"})
    assert "You spent £2,950, and £100 is left: together £3,050. You had £3,000" in text_of(wrong)
    assert send(group, address, **{**told, "left_pence": "50", name: "2,950"}).status_code == 302
    [report] = reports(app)
    assert (report.spent_pence, report.left_pence, report.had_pence) == (2_950_00, 50_00, 3_000_00)
    page = text_of(desk.get(f"/desk/awards/{LARGE}/report"))
    assert "Things Planned £3,000 Spent £2,950" in page
    assert "Things Planned £3,000 Spent £2,900" in page


def test_what_was_agreed_of_another_sum_is_agreed_again_and_what_came_back_counts(
    app: Flask, desk: CheckedClient
) -> None:
    pay_all(app, desk)
    send(contact(app), left_pence="12.50", left_wish="send_back")
    thank(desk)
    desk.post(f"{DESK}/report/left", data={"plan": "send_back"})
    back = {"number": "1", "pence": "12.50", "why": "It cost less", **day_of("returned_on")}
    assert desk.post(f"{DESK}/money/returns", data=back).status_code == 302
    desk.post(f"{DESK}/report/open", data=OPEN)
    assert "The report is open to be corrected." in text_of(desk.post(f"{DESK}/close", data={"promises": "y"}))
    less = send(contact(app), left_pence="10", left_wish="send_back")
    assert less.status_code == 422
    assert "£12.50 has come back already. Enter that or more" in text_of(less)
    assert send(contact(app), left_pence="20", left_wish="send_back").status_code == 302
    [report], [before] = reports(app), former(app)
    assert (report.left_pence, report.left_agreed) == (20_00, None)
    assert (before.left_pence, before.is_left_kept) == (12_50, False)
    assert "Agree what becomes of money that 1 group has left" in text_of(desk.get("/desk/"))
    assert desk.post(f"{DESK}/report/left", data={"plan": "send_back"}).status_code == 302
    assert "£7.50 has not come back yet." in text_of(desk.get(f"{DESK}/report"))
    desk.post(f"{DESK}/report/open", data=OPEN)
    assert send(contact(app), left_pence="20", left_wish="send_back", happened=BETTER).status_code == 302
    assert reports(app)[0].left_agreed is LeftPlan.SEND_BACK, "nothing changed of what was agreed"
    assert [each.happened for each in former(app)] == [HAPPENED, HAPPENED]


def test_what_the_report_ticked_can_be_unticked_and_what_a_visit_ticked_stays(app: Flask, desk: CheckedClient) -> None:
    with app.app_context():
        ids = list(db.session.scalars(sa.select(Promise.id).where(Promise.award_id == SMALL).order_by(Promise.id)))
    send(contact(app), kept=str(ids[0]))
    desk.post(f"{DESK}/report/open", data=OPEN)
    page = contact(app).get(f"{GROUP}/report").get_data(as_text=True)
    assert page.count(f'checked id="kept" name="kept" type="checkbox" value="{ids[0]}"') <= 1
    assert send(contact(app), kept=str(ids[1])).status_code == 302
    with app.app_context():
        kept = {each.id: each.kept_by for each in db.session.scalars(sa.select(Promise)) if each.award_id == SMALL}
    assert kept == {ids[0]: None, ids[1]: KeptBy.REPORT}


def test_a_visit_that_was_the_report_becomes_the_groups_own_words(app: Flask, desk: CheckedClient) -> None:
    make_photo_size(app)
    check_in = visited(app)
    contact(app).post(f"{GROUP}/report/visit", data={"check_in": str(check_in)})
    desk.post(f"{DESK}/report/open", data=OPEN)
    assert "Yes, that’s how it was" not in text_of(contact(app).get(f"{GROUP}/report"))
    assert send(contact(app), happened=BETTER).status_code == 302
    [report], [before] = reports(app), former(app)
    assert (report.manner, report.check_in_id) == (ReportManner.WRITTEN, None)
    assert (before.manner, before.happened) == (ReportManner.VISIT, HAPPENED)


def test_a_new_photo_takes_the_place_of_the_one_that_was_there(app: Flask, desk: CheckedClient) -> None:
    send(contact(app), photo="yes")
    before = reports(app)[0].photo_id
    desk.post(f"{DESK}/report/open", data=OPEN)
    assert "A photo is kept with this report." in text_of(contact(app).get(f"{GROUP}/report"))
    assert send(contact(app), happened=BETTER).status_code == 302
    assert reports(app)[0].photo_id == before
    desk.post(f"{DESK}/report/open", data=OPEN)
    assert send(contact(app), photo="yes").status_code == 302
    after = reports(app)[0].photo_id
    assert after not in {None, before}
    assert contact(app).get(f"{GROUP}/report/photo.jpg").status_code == 200


def test_a_closed_grant_is_opened_first(app: Flask, desk: CheckedClient) -> None:
    pay_all(app, desk)
    send(contact(app))
    thank(desk)
    assert desk.post(f"{DESK}/close", data={"promises": "y"}).status_code == 302
    for who, address in ((contact(app), f"{GROUP}/change/report"), (desk, f"{DESK}/report/open")):
        for answer in (who.get(address), who.post(address, data=OPEN)):
            assert answer.status_code == 409
            assert "This grant is closed. An officer opens it again first, and says why." in text_of(answer)
    assert "so we open it first" in text_of(contact(app).get(f"{GROUP}/report"))
    assert desk.post(f"{DESK}/reopen", data={"words": "A figure is wrong."}).status_code == 302
    assert desk.post(f"{DESK}/report/open", data=OPEN).status_code == 302
    assert send(contact(app), happened=BETTER).status_code == 302
    assert desk.post(f"{DESK}/close", data={"promises": "y"}).status_code == 302, "it is thanked for already"


@both_databases
def test_two_who_correct_at_once_correct_it_once(app: Flask) -> None:
    desk = ready(app)
    send(contact(app))
    with writing(app):
        open_report(the_award(SMALL), WRONG, organiser())
    ended: list[str] = []

    def put_right(manner: ReportManner, email: str) -> None:
        try:
            with writing(app):
                award = the_award(SMALL)
                report = report_of(award)
                assert report
                correct_report(award, report, manner, NewReport(manner.value, 14, left_pence=0), organiser(email))
            ended.append("corrected")
        except ReportNotOpen:
            ended.append("meanwhile")

    together(
        lambda: put_right(ReportManner.WRITTEN, "organiser@council.example"),
        lambda: put_right(ReportManner.TYPED_IN, SECOND),
    )
    assert sorted(ended) == ["corrected", "meanwhile"]
    assert [each.happened for each in former(app)] == [HAPPENED]
    assert text_of(desk.get(f"{DESK}/report")).count("corrected it on") == 1


@both_databases
def test_the_database_holds_why_and_by_whom_a_report_is_open(app: Flask) -> None:
    ready(app)
    send(contact(app))
    for values in ({"opened_why": WRONG}, {"opened_at": now()}, {"opened_why": WRONG, "opened_at": now()}):
        with pytest.raises(sa.exc.IntegrityError), writing(app):
            db.session.execute(sa.update(Report).values(**values))
