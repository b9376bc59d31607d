"""A group that has not reported on an earlier grant is flagged before it gets another, and asked at a press."""

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import orm

from pbvote.call.bids.intake import confirm_bid
from pbvote.call.bids.models import Bid
from pbvote.call.bids.sending import send_bid
from pbvote.call.groups.models import Group
from pbvote.call.rounds.service import add_round, open_round
from pbvote.core.clock import now, today, uk_moment
from pbvote.db import db
from pbvote.filters import day as in_words
from pbvote.grants.awards.models import Award, AwardState
from pbvote.grants.reports.due import report_due_on
from pbvote.grants.reports.models import Report, ReportManner, ReportSize
from pbvote.grants.reports.unreported import ReportAskedLately, ask_for_report, unreported_before
from pbvote.people.service import set_disabled
from pbvote.vote.events.service import plan_event
from tests.accounts import letters_to
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import a_new_bid, writing
from tests.grants.decided import ORGANISER, drafted, later, result
from tests.grants.deciding import a_decision
from tests.grants.paying import the_award
from tests.grants.visiting import account
from tests.outbox import letters
from tests.pages import browser, text_of
from tests.together import together

GROUP = "group2@group.example"
LONG_AGO = today() - dt.timedelta(days=60)
FLAG = "Group 2 has not reported on an earlier grant."


def an_earlier_grant(app: Flask, name: str = "Group 2", email: str = GROUP, number: str = "") -> int:
    """A grant of another round that a group accepted, and whose project ended long ago; its award's id."""
    with writing(app):
        round_ = add_round("Grants 2013", 5_000_00, today() - dt.timedelta(days=5), today() + dt.timedelta(days=5))
        open_round(round_)
        [share] = round_.shares
        new = replace(a_new_bid(share, name), email=email, registered_number=number, title="Last year’s lunch")
        bid = confirm_bid(send_bid(round_, new))
        starts, ends = (uk_moment(today(), dt.time(hour)) for hour in (12, 15))
        event = plan_event(share, "Sale decided", "Sale Waterside", starts, ends, slug="last-year")
        award = Award(event=event, bid=bid, award_pence=500_00, told_at=now() - dt.timedelta(days=300))
        award.decision, award.ends_on = a_decision(event, account(ORGANISER)), LONG_AGO
        award.state = AwardState.SIGNED
        db.session.add(award)
        db.session.flush()
        return award.id


def flagged(app: Flask) -> dict[str, tuple[bool, str]]:
    """Which bids of the event are flagged, by reference: whether for certain, and why."""
    with app.app_context():
        bids = db.session.scalars(sa.select(Bid).where(Bid.round_id == 1).order_by(Bid.id)).all()
        found = unreported_before(bids)
        return {bid.reference: (found[bid.id][0].is_same, found[bid.id][0].why) for bid in bids if bid.id in found}


def bid_page(app: Flask, desk: CheckedClient) -> str:
    """The desk's page of group 2's new bid."""
    with app.app_context():
        bid_id = db.session.scalars(sa.select(Bid.id).where(Bid.reference == "B-02", Bid.round_id == 1)).one()
    return text_of(desk.get(f"/desk/bids/{bid_id}"))


@both_databases
def test_whoever_decides_reads_it_and_asks_at_one_press(app: Flask) -> None:
    address = result(app)
    award_id = an_earlier_grant(app)
    desk, letters_page = drafted(app, address)
    report = f"/desk/awards/{award_id}/report"
    for page in (bid_page(app, desk), text_of(desk.get(letters_page))):
        assert FLAG in page
        assert "Last year’s lunch, Grants 2013" in page
        assert f"its report was due on {in_words(report_due_on(LONG_AGO))}." in page
        assert "Ask them" in page
    desk.post(f"{letters_page}/drop")
    page = text_of(desk.get(address))
    assert FLAG in page
    assert page.count("has not reported on an earlier grant") == 1
    assert desk.post(f"{report}/ask").status_code == 302
    assert letters_to(app, GROUP)[0] == "Your report on “Last year’s lunch”"
    page = bid_page(app, desk)
    assert f"They were asked for it on {in_words(today())}." in page
    assert "Ask them" not in page
    assert f"The group was asked for it on {in_words(today())}." in text_of(desk.get(report))
    refused = desk.post(f"{report}/ask")
    assert refused.status_code == 409
    assert "Give them a week, or ring them." in text_of(refused)
    with later(minutes=8 * 24 * 60):
        assert "Ask them for it" in text_of(browser(app, ORGANISER).get(report))


def test_a_report_that_has_come_or_is_not_due_asks_nothing(app: Flask) -> None:
    result(app)
    award_id = an_earlier_grant(app)
    desk = browser(app, ORGANISER)
    with writing(app):
        db.session.get_one(Award, award_id).ends_on = today()
    page = bid_page(app, desk)
    assert f"its report is due by {in_words(report_due_on(today()))}." in page
    assert "Ask them" not in page
    assert desk.post(f"/desk/awards/{award_id}/report/ask").status_code == 409
    with writing(app):
        sent = Report(award_id=award_id, manner=ReportManner.WRITTEN, size=ReportSize.PAGE, happened="We cooked.")
        sent.had_pence, sent.left_pence, sent.answer_due_on = 500_00, 0, today()
        sent.sent_by_id = account(GROUP).id
        db.session.add(sent)
    assert flagged(app) == {}


@pytest.mark.parametrize(
    ("name", "email", "why"),
    [
        ("Group 2", GROUP, (True, "the same e-mail address, a name like it")),
        ("Lunch Club", GROUP, (False, "the same e-mail address")),
        ("The Group 2", "new@group.example", (False, "a name like it")),
    ],
)
def test_the_same_group_is_told_from_one_that_looks_like_it(
    app: Flask, name: str, email: str, why: tuple[bool, str]
) -> None:
    result(app)
    an_earlier_grant(app, name, email)
    assert flagged(app) == {"B-02": why}
    page = bid_page(app, browser(app, ORGANISER))
    likely = f"looks like a group that has not reported on an earlier grant: {why[1]}."
    assert (FLAG in page, likely in page) == (why[0], not why[0])


def test_a_charity_number_is_enough_to_look_like_the_same_group(app: Flask) -> None:
    result(app)
    an_earlier_grant(app, "Lunch Club", "lunch@group.example", "1092477")
    with writing(app):
        db.session.execute(sa.update(Group).where(Group.name == "Group 2").values(registered_number="GB-CHC-1092477"))
    assert flagged(app) == {"B-02": (False, "the same registered number")}


def test_another_bid_of_the_same_round_is_not_flagged(app: Flask) -> None:
    result(app)
    award_id = an_earlier_grant(app, "Lunch Club")
    with writing(app):
        award = db.session.get_one(Award, award_id, options=[orm.joinedload(Award.bid)])
        award.bid.round_id, award.bid.reference = 1, "B-99"
    assert flagged(app) == {}


def test_who_cannot_be_written_to_is_rung(app: Flask) -> None:
    result(app)
    award_id = an_earlier_grant(app)
    with writing(app):
        set_disabled(account(GROUP), is_disabled=True, by=account(ORGANISER))
        db.session.execute(sa.update(Group).values(contact_by_post="Ada Byrne, 0161 496 0133"))
    desk = browser(app, ORGANISER)
    page = bid_page(app, desk)
    assert "Ring them: Ada Byrne, 0161 496 0133." in page
    assert "Ask them" not in page
    assert desk.post(f"/desk/awards/{award_id}/report/ask").status_code == 409


@both_databases
def test_of_two_officers_who_ask_at_once_one_letter_goes(app: Flask) -> None:
    result(app)
    award_id = an_earlier_grant(app)
    said: list[str] = []

    def verb() -> None:
        try:
            with writing(app):
                ask_for_report(the_award(award_id), account(ORGANISER))
            said.append("asked")
        except ReportAskedLately:
            said.append("told")

    together(verb, verb)
    assert sorted(said) == ["asked", "told"]
    with app.app_context():
        subjects = [letter.subject for letter in letters() if letter.recipient == GROUP]
    assert subjects.count("Your report on “Last year’s lunch”") == 1
