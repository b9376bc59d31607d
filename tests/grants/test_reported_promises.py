"""A report ticks promises, in whichever manner; what a check-in ticked is shown as kept and not asked again."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.core.clock import today
from pbvote.db import db
from pbvote.filters import day
from pbvote.grants.promises.keeping import Keeping, keep_promises
from pbvote.grants.promises.models import KeptBy, Promise
from pbvote.grants.reports.models import ReportDraft, ReportManner
from pbvote.people.service import account_with_email
from tests.checked_client import CheckedClient
from tests.factories import writing
from tests.grants.paying import GROUPS, LARGE, SMALL, organiser
from tests.grants.reporting import (
    DESK,
    GROUP,
    HAPPENED,
    MEMBER,
    PAGE,
    contact,
    make_photo_size,
    ready,
    reports,
    send,
    version_on,
    visited,
)
from tests.pages import browser, text_of

MANNERS = {
    ReportManner.WRITTEN: (GROUPS[SMALL], f"{GROUP}/report"),
    ReportManner.SPOKEN: (MEMBER, f"/my/groups/{SMALL}/report"),
    ReportManner.TYPED_IN: ("organiser@council.example", f"{DESK}/report/write"),
}


@pytest.fixture
def desk(app: Flask) -> CheckedClient:
    """An organiser, and two groups that may report."""
    return ready(app)


def promises(app: Flask, award_id: int = SMALL) -> list[Promise]:
    """What the group promised, in the order of the acceptance."""
    with app.app_context():
        wanted = sa.select(Promise).where(Promise.award_id == award_id).order_by(Promise.number)
        return list(db.session.scalars(wanted))


def boxes(page: str) -> list[str]:
    """The ids of the promises that a page asks of."""
    return re.findall(r'name="kept" type="checkbox" value="(\d+)"', page)


@pytest.mark.parametrize("manner", MANNERS)
def test_each_manner_of_report_ticks_what_has_happened(app: Flask, desk: CheckedClient, manner: ReportManner) -> None:
    first, second = promises(app)
    email, address = MANNERS[manner]
    who = browser(app, email)
    assert boxes(who.get(address).get_data(as_text=True)) == [str(first.id), str(second.id)]
    assert send(who, address, kept=str(second.id)).status_code == 302
    assert reports(app)[0].manner is manner
    [left, ticked] = promises(app)
    with app.app_context():
        account = account_with_email(email)
        assert account
        assert (ticked.kept_on, ticked.kept_by, ticked.account_id) == (today(), KeptBy.REPORT, account.id)
    assert left.kept_on is None
    told = f"Kept {second.words} Told in the report, {day(today())}."
    for reader, page in ((contact(app), "/my/awards/"), (contact(app), f"{GROUP}/report"), (desk, f"{DESK}/report")):
        assert told in text_of(reader.get(page)), page
    assert "1 of 4 promises kept" in text_of(desk.get("/desk/monitoring/"))
    assert f"A promise was kept, as was said in the report: {second.words}" in text_of(
        desk.get(f"/desk/monitoring/{SMALL}")
    )


def test_what_a_check_in_ticked_is_shown_as_kept_and_not_asked(app: Flask, desk: CheckedClient) -> None:
    first, second = promises(app)
    check_in_id = visited(app)
    with writing(app):
        member = account_with_email(MEMBER)
        assert member
        keep_promises(SMALL, [first.id], Keeping(today(), member.id, KeptBy.CHECK_IN, check_in_id))
    page = contact(app).get(f"{GROUP}/report")
    assert boxes(page.get_data(as_text=True)) == [str(second.id)]
    assert f"Kept already Kept {first.words} Seen on {day(today())}." in text_of(page)
    # Ticked by a page that was open while the mentor ticked it, too: the first who said so stays.
    assert send(contact(app), kept=str(first.id)).status_code == 302
    assert [each.kept_by for each in promises(app)] == [KeptBy.CHECK_IN, None]


def test_what_is_ticked_is_kept_with_the_draft(app: Flask, desk: CheckedClient) -> None:
    ids = [str(each.id) for each in promises(app)]
    group = contact(app)
    typed = {"version": version_on(group.get(f"{GROUP}/report")), "happened": "We cooked", "kept": ids}
    assert group.post(f"{GROUP}/report/draft", data=typed).status_code == 200
    page = contact(app).get(f"{GROUP}/report").get_data(as_text=True)
    assert len(re.findall(r'name="kept"[^>]* checked', page)) == 2
    with app.app_context():
        [draft] = db.session.scalars(sa.select(ReportDraft))
        assert draft.typed == {"happened": "We cooked", "kept": ids}
    refused = group.post(f"{GROUP}/report", data={**PAGE, "people": "many", "kept": ids, "version": "1"})
    assert refused.status_code == 422
    assert [each.kept_on for each in promises(app)] == [None, None], "nothing is kept by what was not sent"


def test_a_promise_of_another_group_is_not_ticked(app: Flask, desk: CheckedClient) -> None:
    [theirs, _] = promises(app, LARGE)
    assert send(contact(app), kept=str(theirs.id)).status_code == 302
    assert [each.kept_on for each in promises(app, LARGE)] == [None, None]


def test_a_small_group_ticks_and_presses_once_and_writes_no_word(app: Flask, desk: CheckedClient) -> None:
    make_photo_size(app)
    check_in = visited(app)
    [first, _] = promises(app)
    page = contact(app).get(f"{GROUP}/report").get_data(as_text=True)
    form = page[page.index(f'action="{GROUP}/report/visit"') :].partition("</form>")[0]
    assert form.count('type="submit"') == 1
    assert form.count('type="checkbox"') == 2
    assert " checked" not in form
    assert 'type="text"' not in form
    assert "<textarea" not in form
    said = {"check_in": str(check_in), "kept_then": [str(first.id)]}
    assert contact(app).post(f"{GROUP}/report/visit", data=said).status_code == 302
    assert reports(app)[0].happened == HAPPENED
    assert [each.kept_by for each in promises(app)] == [KeptBy.REPORT, None]


def test_a_group_without_promises_is_asked_of_none(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        db.session.execute(sa.delete(Promise))
        keep_promises(SMALL, [], Keeping(today(), organiser().id, KeptBy.DESK))
    assert "Which of these have happened?" not in text_of(contact(app).get(f"{GROUP}/report"))
    assert send(contact(app)).status_code == 302
