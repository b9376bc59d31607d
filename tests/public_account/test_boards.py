"""A board report from its draft to a corrected edition: its figures stay, and a story goes with its group's word."""

import datetime as dt
import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
import sqlalchemy as sa
import time_machine
from docx.oxml.ns import qn
from flask import Flask

from pbvote.call.rounds.service import add_round, open_round
from pbvote.core.clock import now, today
from pbvote.core.contacts import NO_CONTACTS
from pbvote.core.spans import Span
from pbvote.db import db
from pbvote.grants.directory.listing import story_digest
from pbvote.grants.directory.models import Listing
from pbvote.grants.directory.themes import Theme
from pbvote.grants.money.paying import NewPayment, note_paid, plan_payment
from pbvote.grants.money.service import payment_of
from pbvote.grants.reports.models import Report, ReportManner, ReportSize
from pbvote.grants.visits.models import CheckIn, ContactMethod, Status, Worry
from pbvote.public_account.boards.models import BoardReport
from pbvote.public_account.boards.shown import TAKEN_BACK
from pbvote.public_account.outlines.models import YearFigure
from pbvote.vote.count.models import Counted
from pbvote.vote.events.service import event_called, plan_event
from pbvote.vote.poll.states import PollState
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import writing
from tests.grants.paying import SECOND, SMALL, moving, organiser, ring, signed_awards
from tests.office import saved_by_libreoffice
from tests.pages import browser, client_of, text_of
from tests.paper import text_of as paper_text
from tests.paper import words_on
from tests.public_account.outlining import keep, lines

DESK, PUBLIC = "/desk/board-reports", "/board-reports"
QUARTER = Span(dt.date(2027, 1, 1), dt.date(2027, 3, 31))
AFTER = dt.datetime(2027, 4, 12, 10, tzinfo=dt.UTC)
STORY = "Sixty people came to the garden. We grew beans & leeks."


@pytest.fixture
def year(app: Flask) -> Iterator[None]:
    """The grants are signed and one is paid in the quarter; it is the April after it."""
    with time_machine.travel(dt.datetime(2027, 2, 1, 10, tzinfo=dt.UTC)) as clock:
        signed_awards(app)
        ring(app, SMALL)
        with moving(app, SMALL) as (award, by):
            plan_payment(award, NewPayment(1, 2_000_00, today()), by)
        with moving(app, SMALL) as (award, by):
            payment = payment_of(award, 1)
            assert payment
            note_paid(award, payment, today(), by)
        tell_story(app)
        worry(app)
        clock.move_to(AFTER)
        yield


def tell_story(app: Flask) -> None:
    """The group of the small grant tells a story, and agrees that everybody reads it."""
    with writing(app):
        by = organiser()
        told = {"manner": ReportManner.TYPED_IN, "size": ReportSize.PHOTO, "happened": STORY, "had_pence": 2_000_00}
        thanked = {"answer": "Thank you.", "answered_at": now(), "answered_by_id": by.id, "answer_due_on": today()}
        db.session.add(Report(award_id=SMALL, sent_by_id=by.id, **told, **thanked))
        agreed = {"story_digest": story_digest(STORY), "story_agreed_on": today(), "agreed_by_id": by.id}
        db.session.add(Listing(award_id=SMALL, sentence="We grow food.", theme=Theme.FOOD, **agreed))


def worry(app: Flask) -> None:
    """A member is worried about it."""
    with writing(app):
        said = {"met_on": today(), "contact_method": ContactMethod.CALL, "standing": Status.WORRIED, "needs": []}
        check_in = CheckIn(award_id=SMALL, account_id=organiser().id, form_key="w", **said)
        db.session.add(check_in)
        db.session.flush()
        db.session.add(Worry(check_in_id=check_in.id, award_id=SMALL, due_on=today()))


def begin(app: Flask, quarter: Span = QUARTER) -> tuple[CheckedClient, str]:
    """An organiser's browser, and the address of a draft that they began."""
    desk = browser(app, "organiser@council.example")
    said = {"committee": "health", "round": "1", "quarter": quarter.first.isoformat()}
    made = desk.post(f"{DESK}/new", data=said)
    assert made.status_code == 302, text_of(made)
    again = desk.post(f"{DESK}/new", data=said)
    assert "There is a report for this committee, round and quarter already." in text_of(again)
    return desk, made.headers["Location"]


def boxes(page: str) -> dict[str, str]:
    """What the form of the words shows."""
    found = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
    return found | dict(re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\s*([^<]*)</textarea>', page))


def write(desk: CheckedClient, draft: str, **others: object) -> tuple[int, str]:
    """Save the words as the page shows them, but for these; the answer's status and words."""
    said = boxes(desk.get(f"{draft}/words").get_data(as_text=True)) | others
    answer = desk.post(f"{draft}/words", data={**said, "stories": others.get("stories", [])})
    return answer.status_code, text_of(answer)


def fix(desk: CheckedClient, draft: str) -> tuple[int, str]:
    """Fix a draft as its page shows it; the answer's status and words."""
    page = desk.get(draft).get_data(as_text=True)
    found = re.search(r'name="seen"[^>]*value="(\d+)"', page)
    answer = desk.post(f"{draft}/fix", data={"seen": found[1] if found else "1"})
    return answer.status_code, text_of(answer)


def earlier_round(app: Flask) -> None:
    """The result of another round is public, too."""
    with writing(app):
        round_ = add_round("Grants 2013", 5_000_00, today(), today())
        open_round(round_)
        share = round_.shares[0]
        starts = now() - dt.timedelta(hours=3)
        event = plan_event(share, "Sale decided", "Sale Waterside", starts, now(), slug="sale-2013")
        event.poll = PollState.PUBLISHED
        share.is_locked = share.has_opened = share.is_counted = True
        db.session.add(Counted(event_id=event.id, choices="{}", voters=1))


def let_vote(app: Flask, slug: str, voters: int) -> None:
    """So many voted in an event."""
    with writing(app):
        event = event_called(slug)
        assert event
        db.session.execute(sa.update(Counted).where(Counted.event_id == event.id).values(voters=voters))


def test_a_record_is_said_with_both_numbers_and_only_if_it_is_one(app: Flask, year: None) -> None:
    desk, draft = begin(app)
    earlier_round(app)
    let_vote(app, "sale-2027", 9)
    said = "Record numbers: 9 residents voted in Grants 2014. The most before were {}, in Grants 2013."
    for before in (10, 9, 8):
        let_vote(app, "sale-2013", before)
        is_record = before == 8
        assert write(desk, draft, summary="Record numbers came.")[0] == (302 if is_record else 422), before
        assert (said.format(before) in text_of(desk.get(draft))) is is_record, before
    assert fix(desk, draft)[0] == 302
    let_vote(app, "sale-2013", 10)
    assert said.format(8) in text_of(client_of(app).get(draft.replace(DESK, PUBLIC)))


def test_a_year_in_outline_before_the_round_counts_and_one_of_which_nothing_is_known_forbids(
    app: Flask, year: None
) -> None:
    desk, draft = begin(app)
    let_vote(app, "sale-2027", 9)
    assert write(desk, draft, summary="Record numbers came.")[0] == 422  # nothing is before it
    keep(app, {2013: lines((None, YearFigure.VOTED, 8))})
    assert write(desk, draft, summary="Record numbers came.")[0] == 302
    assert (
        "Record numbers: 9 residents voted in Grants 2014. The most before were 8, in 2013. The first are slips that "
        "voted and were counted; the others are from the council’s records (A report): One by one."
    ) in text_of(desk.get(draft))
    keep(app, {2012: lines((None, YearFigure.POT, 8))})
    assert "Record numbers: " not in text_of(desk.get(draft))
    assert write(desk, draft, title="Another title")[0] == 422


def test_a_report_is_written_fixed_and_stays_as_it_is(app: Flask, year: None) -> None:
    desk, draft = begin(app)
    public, anybody = draft.replace(DESK, PUBLIC), client_of(app)
    second = browser(app, SECOND)
    theirs = boxes(second.get(f"{draft}/words").get_data(as_text=True))
    assert write(desk, draft, summary="All went well.", stories=[str(SMALL)])[0] == 302
    clash = second.post(f"{draft}/words", data=theirs | {"summary": "Some went well."})
    assert clash.status_code == 409
    assert "All went well." in text_of(clash)
    for field, typed, refused in (
        ("summary", "Ring 0161 496 0123.", NO_CONTACTS),
        ("summary", "Record numbers came.", "Our figures show no record."),
        ("title", "", "Enter"),
        ("purpose", "word " * 60, "50 words"),
    ):
        status, words = write(desk, draft, **{field: typed})
        assert (status, refused in words) == (422, True), words
    assert anybody.get(public).status_code == anybody.get(f"{public}.docx").status_code == 404
    assert desk.post(f"{draft}/fix", data={"seen": "1"}).status_code == 409
    assert fix(desk, draft)[0] == 302
    page = text_of(anybody.get(public))
    for said in (
        "To Health and Wellbeing Board Date 12 April 2027 For Information",
        "1 January 2027 to 31 March 2027. Report 1.",
        "£5,000 of £5,000 was awarded, in 2 grants.",
        "Food and growing: £2,000 for",
        STORY,
        "Sale: fewer than 3. In the quarter before: 0.",
        "A number under 3 is not shown",
        "Every figure is as at 31 March 2027.",
        "All 2 £5,000 £2,000 £0",
    ):
        assert said in page.replace("Grants 2 Awarded £5,000 Paid £2,000 Sent back £0", "2 £5,000 £2,000 £0"), said
    assert "1 worry" not in page
    assert write(desk, draft, summary="Other words.")[0] in {404, 409}
    assert desk.post(f"{draft}/drop").status_code == 409
    assert "31 March 2027" in text_of(anybody.get(PUBLIC))
    with writing(app):
        db.session.execute(sa.update(Listing).values(story_digest="", story_agreed_on=None))
    page = text_of(anybody.get(public))
    assert STORY not in page
    assert TAKEN_BACK in page
    assert TAKEN_BACK in "\n".join(each.text for each in opened(anybody, public).paragraphs)


def opened(client: CheckedClient, address: str) -> "docx.document.Document":
    """The report's document."""
    answer = client.get(f"{address}.docx")
    assert answer.status_code == 200
    return docx.Document(io.BytesIO(answer.data))


@both_databases
def test_a_quarter_that_runs_is_not_fixed_and_a_draft_is_dropped(app: Flask, year: None) -> None:
    running = Span.quarter_with(today())
    desk, draft = begin(app, running)
    page = text_of(desk.get(draft))
    assert "every figure is provisional, and final after 30 June 2027" in page
    assert "It can be fixed once the quarter is over" in page
    assert "There was none." in page
    status, words = fix(desk, draft)
    assert (status, "The quarter runs until 30 June 2027." in words) == (409, True)
    assert desk.post(f"{draft}/drop").status_code == 302
    assert desk.get(draft).status_code == 404
    assert "None yet." in text_of(client_of(app).get(PUBLIC))
    assert browser(app, "group2@group.example").get(DESK).status_code == 403


def test_an_error_gets_a_corrected_edition_and_the_old_one_stays(app: Flask, year: None) -> None:
    desk, draft = begin(app)
    fix(desk, draft)
    assert desk.post(f"{draft}/correct", data={}).status_code == 422
    said = {"was": "£2,000 paid", "becomes": "£1,900 paid", "cause": "A payment was noted twice.", "parts": "the table"}
    said["corrected_by"] = "The grants team"
    made = desk.post(f"{draft}/correct", data=said)
    assert made.status_code == 302
    assert "already" in text_of(desk.post(f"{draft}/correct", data=said))
    edition, anybody = made.headers["Location"], client_of(app)
    old, new = (each.replace(DESK, PUBLIC) for each in (draft, edition))
    assert "superseded" not in text_of(anybody.get(old))
    with writing(app):
        db.session.execute(sa.text("UPDATE payment SET pence = 190000"))
    assert fix(desk, edition)[0] == 302
    page = text_of(anybody.get(new))
    assert "Report 1, corrected edition 2." in page
    for words in ("It said: £2,000 paid", "It says now: £1,900 paid", "Cause: A payment was noted twice.", "£1,900"):
        assert words in page
    page = text_of(anybody.get(old))
    assert "This edition is superseded" in page
    assert "£2,000" in page
    assert "£1,900" not in page
    assert "Superseded on 12 April 2027." in "\n".join(each.text for each in opened(anybody, old).paragraphs)
    with app.app_context():
        assert db.session.scalars(sa.select(BoardReport.number)).all() == [1, 1]


def test_the_document_is_read_in_order_and_takes_two_pages(app: Flask, year: None, tmp_path: Path) -> None:
    desk, draft = begin(app)
    long = "Nobody knew beforehand how many would come to look. " * 9
    assert write(desk, draft, summary=long, not_well=long, purpose=long[:200], stories=[str(SMALL)])[0] == 302
    file = desk.get(f"{draft}.docx").data
    document = docx.Document(io.BytesIO(file))
    styles = [each.style.name for each in document.paragraphs if each.style]
    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 2") >= 9
    [table] = document.tables
    assert table._tbl.find(f".//{qn('w:tblHeader')}") is not None
    assert table._tbl.find(f".//{qn('w:tblDescription')}") is not None
    [picture] = document.inline_shapes
    assert "Sale: £5,000 of £5,000" in picture._inline.docPr.get("descr")
    assert document.core_properties.language == "en-GB"
    pages = words_on(saved_by_libreoffice(tmp_path, file, "docx", "pdf"), tmp_path)
    assert len(pages) == 2
    text = " ".join(map(paper_text, pages))
    order = [
        *("To:", "Purpose", "Recommendation", "Contact", "In short", "What the money did", "Sent back", "Stories,"),
        *("Sixty people", "Worries of", "partnerships by numbers", "What did not", "About the figures"),
    ]
    places = [text.index(each) for each in order]
    assert places == sorted(places)
