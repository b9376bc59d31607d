"""Reports of each size and manner: asked by the size of the award, kept while they are typed, sent once."""

import io

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.access import Role
from pbvote.call.groups.models import GroupContact
from pbvote.core.clock import today
from pbvote.core.working_days import working_days_after
from pbvote.db import db
from pbvote.filters import day
from pbvote.grants.mentors.service import set_mentor
from pbvote.grants.reports.models import ReportDraft, ReportManner, ReportSize
from pbvote.grants.reports.refusals import AlreadySent
from pbvote.grants.reports.sending import NewReport, send_report
from pbvote.grants.visits.models import Status
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import an_account, the_event, writing
from tests.grants.paying import GROUPS, LARGE, SMALL, organiser, the_award
from tests.grants.reporting import (
    DESK,
    GROUP,
    HAPPENED,
    MEMBER,
    PAGE,
    add_receipt,
    contact,
    make_photo_size,
    ready,
    reports,
    send,
    version_on,
    visited,
)
from tests.outbox import letters
from tests.pages import browser, text_of
from tests.together import together


@pytest.fixture
def desk(app: Flask) -> CheckedClient:
    """An organiser, and two groups that may report."""
    return ready(app)


def test_where_a_bid_says_nothing_of_whom_it_is_for_no_other_sentence_of_it_is_quoted(
    app: Flask, desk: CheckedClient
) -> None:
    with writing(app):
        the_award(SMALL).bid.who_benefits = ""
    form = text_of(contact(app).get(f"{GROUP}/report"))
    assert "You wrote:" not in form
    assert "Roughly is fine." in form


def test_a_page_is_asked_for_a_medium_award_and_sent_once(app: Flask, desk: CheckedClient) -> None:
    group = contact(app)
    assert "Tell us how it went" in text_of(group.get("/my/awards/"))
    form = text_of(group.get(f"{GROUP}/report"))
    assert "How many people took part?" in form
    assert "You wrote: “Everybody.”" in form
    assert "what did the grant pay?" not in form
    assert send(group, photo="yes", may_quote="y").status_code == 302
    [report] = reports(app)
    assert (report.size, report.manner, report.people, report.left_pence) == (
        ReportSize.PAGE,
        ReportManner.WRITTEN,
        41,
        0,
    )
    assert report.may_quote
    assert report.answer_due_on == working_days_after(today(), 10)
    page = text_of(group.get(f"{GROUP}/report"))
    assert HAPPENED in page
    assert f"You have an answer by {day(report.answer_due_on)}." in page
    assert group.get(f"{GROUP}/report/photo.jpg").mimetype == "image/jpeg"
    again = group.post(f"{GROUP}/report", data={**PAGE, "version": "0", "happened": "Another story of ours."})
    assert again.status_code == 409
    assert "Another story of ours." in text_of(again), "what was typed is there to copy"
    assert [each.happened for each in reports(app)] == [HAPPENED]


def test_what_cannot_be_sent_yet_is_kept_with_its_photo(app: Flask, desk: CheckedClient) -> None:
    group = contact(app)
    refused = send(group, people="many", photo="yes")
    assert refused.status_code == 422
    assert reports(app) == []
    page = text_of(contact(app).get(f"{GROUP}/report"))
    assert HAPPENED in page
    assert "A photo is kept with this report." in page
    assert send(contact(app)).status_code == 302
    [report] = reports(app)
    assert report.photo_id
    with app.app_context():
        assert db.session.scalars(sa.select(ReportDraft)).all() == []


def test_typing_is_saved_and_a_second_writer_overwrites_nothing(app: Flask, desk: CheckedClient) -> None:
    first, second = contact(app), contact(app)
    saved = first.post(f"{GROUP}/report/draft", data={"version": "0", "happened": "We cooked", "left_wish": "keep"})
    assert saved.get_json() == {"version": 1}
    stale = second.post(f"{GROUP}/report/draft", data={"version": "0", "happened": "We danced"})
    assert stale.status_code == 409
    page = second.get(f"{GROUP}/report")
    assert "We cooked" in text_of(page)
    assert version_on(page) == "1"
    send(second)
    late = first.post(f"{GROUP}/report/draft", data={"version": "1", "happened": "We cooked and sang"})
    assert late.status_code == 409


def test_a_large_award_has_a_figure_for_each_line_and_they_add_up(app: Flask, desk: CheckedClient) -> None:
    group, address = contact(app, LARGE), f"/my/awards/{LARGE}/report"
    [name] = [each for each in ("spent_0", "spent_1") if f'name="{each}"' in group.get(address).get_data(as_text=True)]
    over = send(group, address, **{name: "3,000.01"})
    assert over.status_code == 422
    assert "These figures come to £3,000.01, and you had £3,000." in text_of(over)
    gap = send(group, address, **{name: "2,900", "left_pence": "99.99", "left_wish": "keep"})
    assert "You spent £2,900, and £99.99 is left: together £2,999.99. You had £3,000" in text_of(gap)
    whole = {name: "2,900", "left_pence": "100", "left_wish": "send_back"}
    missing = send(group, address, **whole)
    assert "Add a photo of the receipt for “Things” below, or say here why there is none" in text_of(missing)
    assert reports(app) == []
    assert "The receipt is kept." in text_of(add_receipt(group, name.removeprefix("spent_")))
    assert send(group, address, **whole).status_code == 302
    [report] = reports(app)
    assert (report.size, report.spent_pence, report.left_pence) == (ReportSize.FIGURES, 2_900_00, 100_00)
    page = text_of(browser(app, "organiser@council.example").get(f"/desk/awards/{LARGE}/report"))
    assert "Things Planned £3,000 Spent £2,900" in page
    assert "£100 is left" in page


def test_a_missing_receipt_may_be_explained(app: Flask, desk: CheckedClient) -> None:
    group, address = contact(app, LARGE), f"/my/awards/{LARGE}/report"
    said = {"spent_0": "3,000", "spent_1": "3,000", "why_no_receipt": "The shop closed down."}
    assert send(group, address, **said).status_code == 302
    assert "The shop closed down." in text_of(desk.get(f"/desk/awards/{LARGE}/report"))


def test_the_same_receipt_twice_is_said_and_kept(app: Flask, desk: CheckedClient) -> None:
    group = contact(app, LARGE)
    page = group.get(f"/my/awards/{LARGE}/report").get_data(as_text=True)
    position = "0" if 'name="spent_0"' in page else "1"
    add_receipt(group, position)
    again = text_of(add_receipt(group, position))
    assert "This is the same photo as another receipt of yours." in again
    assert again.count("The same photo came before.") == 1
    assert text_of(desk.get(f"/desk/awards/{LARGE}/report")).count("The same photo came before.") == 1
    assert group.get(f"/my/awards/{LARGE}/receipts/1.jpg").mimetype == "image/jpeg"
    assert contact(app, SMALL).get(f"/my/awards/{SMALL}/receipts/1.jpg").status_code == 404
    assert group.post(f"/my/awards/{LARGE}/receipts/1/remove").status_code == 302
    assert group.get(f"/my/awards/{LARGE}/receipts/1.jpg").status_code == 404


def test_a_receipt_that_is_no_photo_is_refused_beside_its_box(app: Flask, desk: CheckedClient) -> None:
    data = {"position": "0", "receipt": (io.BytesIO(b"%PDF-1.7 no photo"), "receipt.jpg")}
    refused = contact(app, LARGE).post(f"/my/awards/{LARGE}/receipts", data=data, content_type="multipart/form-data")
    assert refused.status_code == 422
    assert "This file is not a photo." in text_of(refused)


def test_more_cannot_be_left_than_the_group_had_and_what_is_left_needs_a_plan(app: Flask, desk: CheckedClient) -> None:
    group = contact(app)
    assert "Say what you would like to do with what is left" in text_of(send(group, left_pence="12"))
    much = send(group, left_pence="2,000.01", left_wish="keep")
    assert "You had £2,000, so no more than that can be left" in text_of(much)
    assert send(group, left_pence="12", left_wish="keep").status_code == 302


def test_a_small_award_asks_for_two_sentences_or_nothing(app: Flask, desk: CheckedClient) -> None:
    make_photo_size(app)
    check_in = visited(app)
    group = contact(app)
    page = text_of(group.get(f"{GROUP}/report"))
    assert "Then you need to write nothing." in page
    assert "How many people took part?" not in page
    wrong = group.post(f"{GROUP}/report/visit", data={"check_in": str(check_in + 1)})
    assert wrong.status_code == 409
    assert group.post(f"{GROUP}/report/visit", data={"check_in": str(check_in)}).status_code == 302
    [report] = reports(app)
    assert (report.manner, report.check_in_id, report.happened) == (ReportManner.VISIT, check_in, HAPPENED)
    assert group.post(f"{GROUP}/report/visit", data={"check_in": str(check_in)}).status_code == 409


def test_a_visit_that_reached_nobody_or_that_the_group_cannot_read_is_no_report(
    app: Flask, desk: CheckedClient
) -> None:
    make_photo_size(app)
    visited(app, standing=Status.NOT_REACHED)
    group = contact(app)
    assert "Yes, that’s how it was" not in text_of(group.get(f"{GROUP}/report"))
    assert send(group).status_code == 302


def test_a_visit_is_no_report_of_a_larger_award(app: Flask, desk: CheckedClient) -> None:
    check_in = visited(app)
    group = contact(app)
    assert "Yes, that’s how it was" not in text_of(group.get(f"{GROUP}/report"))
    assert group.post(f"{GROUP}/report/visit", data={"check_in": str(check_in)}).status_code == 409


def test_a_group_may_talk_instead_of_write_and_reads_what_was_written_down(app: Flask, desk: CheckedClient) -> None:
    member = browser(app, MEMBER)
    assert "they may tell you instead of writing it" in text_of(member.get(f"/my/groups/{SMALL}"))
    address = f"/my/groups/{SMALL}/report"
    assert send(member, address, people="").status_code == 422
    assert send(member, address).status_code == 302
    [report] = reports(app)
    assert report.manner is ReportManner.SPOKEN
    assert HAPPENED in text_of(contact(app).get(f"{GROUP}/report"))
    with app.app_context():
        [letter] = [one for one in letters() if one.subject.startswith("Your report about")]
        assert letter.recipient == GROUPS[SMALL]
        assert HAPPENED not in letter.body


def test_an_officer_types_in_what_came_by_telephone(app: Flask, desk: CheckedClient) -> None:
    assert "Write down what they tell you" in text_of(desk.get(f"{DESK}/report"))
    assert send(desk, f"{DESK}/report/write").status_code == 302
    assert reports(app)[0].manner is ReportManner.TYPED_IN
    assert desk.get(f"{DESK}/report/write").status_code == 409


def test_a_former_contact_is_told_so_and_their_draft_stays(app: Flask, desk: CheckedClient) -> None:
    group = contact(app)
    group.post(f"{GROUP}/report/draft", data={"version": "0", "happened": "We cooked for the whole street."})
    with writing(app):
        db.session.execute(sa.delete(GroupContact).where(GroupContact.account_id.in_(_ids(GROUPS[SMALL]))))
    refused = group.post(f"{GROUP}/report", data={**PAGE, "version": "1", "happened": "We cooked and then we sang."})
    assert refused.status_code == 403
    said = text_of(refused)
    assert "You no longer speak for this group" in said
    assert "We cooked and then we sang." in said
    assert reports(app) == []
    with app.app_context():
        [draft] = db.session.scalars(sa.select(ReportDraft))
        assert draft.typed["happened"] == "We cooked for the whole street."
    assert contact(app, LARGE).post(f"{GROUP}/report", data=PAGE).status_code == 404, "a stranger learns nothing"


def _ids(email: str) -> list[int]:
    return [organiser(email).id]


def test_a_former_mentor_is_told_so(app: Flask, desk: CheckedClient) -> None:
    member = browser(app, MEMBER)
    with writing(app):
        set_mentor(the_award(SMALL), an_account(Role.LP_MEMBER, "nia@partnership.example", the_event().share.locality))
    refused = member.post(f"/my/groups/{SMALL}/report", data=PAGE)
    assert refused.status_code == 409
    assert "You do not stay with this group any more." in text_of(refused)
    assert HAPPENED in text_of(refused)


@both_databases
def test_two_who_send_at_once_make_one_report(app: Flask) -> None:
    ready(app)
    ended: list[str] = []

    def enter(manner: ReportManner) -> None:
        try:
            with writing(app):
                send_report(the_award(SMALL), manner, NewReport(manner.value, left_pence=0), organiser())
            ended.append("sent")
        except AlreadySent:
            ended.append("refused")

    together(lambda: enter(ReportManner.WRITTEN), lambda: enter(ReportManner.TYPED_IN))
    assert sorted(ended) == ["refused", "sent"]
    assert len(reports(app)) == 1
