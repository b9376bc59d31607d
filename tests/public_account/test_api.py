"""The API: the same rows as the pages and the files, nothing before it is public, and answers as they are described."""

import datetime as dt
from collections.abc import Callable

import feedparser
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.call.bids.deciding import withdraw_bid
from pbvote.call.bids.models import Bid
from pbvote.call.rounds.models import Share
from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.files.pictures import read_photo
from pbvote.files.service import keep_photo
from pbvote.grants.awards.service import give_back
from pbvote.localities.service import locality_called
from pbvote.partnership.meetings.items import move_item, remove_item
from pbvote.partnership.meetings.models import (
    Meeting,
    MeetingItem,
    MeetingPaper,
    MeetingQuestion,
    MeetingState,
    QuestionState,
)
from pbvote.partnership.meetings.papers import remove_paper
from pbvote.partnership.meetings.reading import public_meeting_of
from pbvote.people.models import Account
from pbvote.public_account.api.collections import SIZE
from pbvote.public_account.figures.definitions import PartnershipFigure, PublicFigure
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.programme.publishing import publish_page, take_page_back
from pbvote.vote.results.service import publish_outcome
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import a_locality, an_event, an_open_poll, cast, count_closed, the_event, writing
from tests.files.samples import photo_file
from tests.grants.paying import LARGE, SMALL, moving, signed_awards
from tests.hall import organiser_does
from tests.pages import client_of, sheet
from tests.partnership.meeting import at
from tests.public_account.reading_api import API, NAMES, Row, changed, everything, read, refused
from tests.public_account.years import a_year

BEGINS = dt.datetime(2027, 3, 1, 10, tzinfo=dt.UTC)


@both_databases
def test_it_says_what_pages_and_files_say(app: Flask) -> None:
    a_year(app)
    anybody = client_of(app)
    rows = everything(anybody)
    [round_], [shown] = rows["rounds"], rows["results"]
    slug = shown["id"]
    assert (round_["id"], round_["pot_pence"], len(round_["shares"])) == ("grants-2014", 5_000_00, 1)
    assert round_["shares"][0]["event"] is None  # it has no page
    table = sheet(anybody, f"/results/{slug}/bids.csv")
    assert [(str(each["number"]), each["group"], each["title"]) for each in shown["bids"]] == [
        (row["Number"], row["Group"], row["Project"]) for row in table
    ]
    assert [each["is_funded"] for each in shown["bids"]] == [row["Funded"] == "Yes" for row in table]
    # Two voted: more than the awards would tell how.
    assert {each["total"] for each in shown["bids"]} == {each["became"] for each in shown["bids"]} == {None}
    assert (shown["voters"], shown["funded_pence"], shown["left_pence"]) == (2, 5_000_00, 0)
    assert [row["id"] for row in rows["bids"]] == [each["bid"] for each in shown["bids"]]
    assert [row["asks"][0]["asked_pence"] for row in rows["bids"]] == [4_000_00, 3_000_00, 2_000_00]
    assert {(row["summary"], row["asks"][0]["page"]) for row in rows["bids"]} == {("", None)}  # likewise
    register = {row["Grant"]: row for row in sheet(anybody, "/register/all/grants.csv")}
    assert {row["id"]: f"{row['awarded_pence'] / 100:.2f}" for row in rows["awards"]} == {
        number: row["Amount (GBP)"] for number, row in register.items()
    }
    assert {row["bid"] for row in rows["awards"]} == {each["bid"] for each in shown["bids"] if each["is_funded"]}
    figures_are_those_of_the_files(anybody, rows["figures"])
    assert not any(said in str(rows) for said in ("Contact of", "@", "council.example"))
    for name in NAMES:
        last = rows[name][-1]
        assert anybody.get(f"{API}/{name}/{last['id']}").get_json() == last
        behind = anybody.get(f"{API}/{name}?after={rows[name][0]['id']}").get_json()["data"]
        assert behind == rows[name][1 : SIZE + 1]


def figures_are_those_of_the_files(anybody: CheckedClient, rows: list[Row]) -> None:
    """Of the round and of the partnership."""
    figures = {row["id"]: row for row in rows}
    [of_share] = sheet(anybody, "/money/grants-2014/figures.csv")
    for figure in PublicFigure:
        row = figures.pop(f"round.grants-2014.sale.{figure}")
        named = {each.removesuffix(" (GBP)"): value for each, value in of_share.items()}
        said = f"{row['pence'] / 100:.2f}" if figure.is_money else str(row["count"])
        assert (said, row["meaning"]) == (named[figure.words], figure.sentence)
    [of_partnership] = sheet(anybody, "/partnerships/numbers.csv")
    for each in PartnershipFigure:
        row = figures.pop(f"partnership.sale.{each}")
        assert (str(row["count"]), row["from_on"]) == (of_partnership[each.words], of_partnership["From"])
    assert figures == {}


def test_of_meetings_it_tells_what_everybody_reads_and_no_names(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        locality = a_locality()
        for state in (MeetingState.DRAFT, MeetingState.AGENDA, MeetingState.MINUTES, MeetingState.AGREED):
            day = today() - dt.timedelta(days=30)
            meeting = Meeting(locality_id=locality.id, title=state.value, place="Sale Waterside", state=state)
            meeting.starts_at, meeting.ends_at = at(day, 19), at(day, 21)
            if state is not MeetingState.DRAFT:
                meeting.published_at = at(day - dt.timedelta(days=9), 9)
            if state in {MeetingState.MINUTES, MeetingState.AGREED}:
                meeting.held_at = meeting.ends_at
            meeting.agreed_at = now() if state is MeetingState.AGREED else None
            db.session.add(meeting)
            db.session.flush()
            item = MeetingItem(meeting_id=meeting.id, position=1, title="Small pots", who="Nia Evans", decided="Forty.")
            db.session.add(item)
            db.session.flush()
            for said in QuestionState:
                question = MeetingQuestion(item_id=item.id, words=f"{said.value}?", name="Asif Khan", state=said)
                question.why = "It names a neighbour." if said is QuestionState.REFUSED else ""
                db.session.add(question)
        # An agenda that is still to come.
        db.session.add(
            Meeting(
                locality_id=locality.id,
                title="later",
                place="Sale Waterside",
                state=MeetingState.AGENDA,
                starts_at=now() + dt.timedelta(days=20),
                ends_at=now() + dt.timedelta(days=21),
                published_at=now() + dt.timedelta(hours=1),
            )
        )
    rows = read(client, "meetings")
    assert [row["title"] for row in rows] == ["agenda", "minutes", "agreed"]
    assert [row["items"][0]["decided"] for row in rows] == ["", "", "Forty."]
    for row in rows:
        [item] = row["items"]
        assert [question["words"] for question in item["questions"]] == ["shown?"]
    assert not any(name in str(rows) for name in ("Nia", "Asif"))
    with time_machine.travel(now() + dt.timedelta(hours=2)):
        # It came out by the clock, which nobody saved.
        assert [row["title"] for row in read(client, "meetings", now() - dt.timedelta(minutes=90))] == ["later"]


def test_what_goes_from_a_meeting_changes_it(app: Flask, client: CheckedClient) -> None:
    with time_machine.travel(BEGINS, tick=False) as clock:
        with writing(app):
            meeting = Meeting(locality_id=a_locality().id, title="Spring", place="Sale Waterside")
            meeting.state, meeting.published_at = MeetingState.AGENDA, BEGINS
            meeting.starts_at, meeting.ends_at = BEGINS + dt.timedelta(days=9), BEGINS + dt.timedelta(days=10)
            db.session.add(meeting)
            db.session.flush()
            for position in (1, 2):
                db.session.add(MeetingItem(meeting_id=meeting.id, position=position, title=f"Item {position}"))
            photo = keep_photo(read_photo(photo_file()), None)
            db.session.add(MeetingPaper(meeting_id=meeting.id, title="Map", photo=photo))

        def after(change: Callable[[Meeting], None]) -> Row:
            clock.shift(dt.timedelta(hours=1))
            assert read(client, "meetings", now()) == []
            with writing(app):
                locality = locality_called("sale")
                assert locality
                found = public_meeting_of(locality, 1)
                assert found
                change(found)
            [row] = read(client, "meetings", now())
            return row

        moved = after(lambda meeting: move_item(meeting, meeting.items[1], "up"))
        assert [item["title"] for item in moved["items"]] == ["Item 2", "Item 1"]
        assert len(after(lambda meeting: remove_item(meeting, meeting.items[0]))["items"]) == 1
        assert after(lambda meeting: remove_paper(meeting, meeting.papers[0]))["papers"] == []


def test_before_a_publication_it_answers_as_if_there_were_nothing(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        event, slips = an_open_poll(6)
        slug = event.slug
    opened = everything(client)
    assert opened["bids"] == opened["results"] == opened["awards"] == []
    with writing(app):
        for slip in slips:
            cast(slip.code, {"B-01": 1, "B-02": 5, "B-03": 4})
    for verb in (close_poll, count_closed):
        organiser_does(app, verb)
        # No moment, no digest tells how far the count has come.
        assert everything(client) == opened
        assert "<entry>" not in client.get("/results.atom").get_data(as_text=True)
        for address in (f"/results/{slug}", "/bids/grants-2014.B-01", "/figures/round.grants-2014.sale.voted"):
            assert refused(client, address, 404) == refused(client, "/results/nothing", 404)
    organiser_does(app, publish_outcome)
    [shown] = read(client, "results")
    assert [each["total"] for each in shown["bids"]] == [6, 30, 24]
    assert [each["became"] for each in shown["bids"]][1] == "Funded"
    the_feed_leads_to_it(client, shown)


def the_feed_leads_to_it(client: CheckedClient, shown: Row) -> None:
    """An entry with its page, dated as it was published; the page's head names the feed."""
    answer = client.get("/results.atom")
    feed = feedparser.parse(answer.data)
    assert not feed.bozo
    [entry] = feed.entries
    assert (entry.id, entry.link) == (shown["page"], shown["page"])
    assert dt.datetime.fromisoformat(entry.updated) == dt.datetime.fromisoformat(shown["published_at"])
    assert entry.summary == "2 of 3 bids funded, with £5,000 of £5,000. 6 residents voted."
    assert client.get("/results.atom", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    for path in ("/open", f"/results/{shown['id']}"):
        assert 'href="/results.atom"' in client.get(path).get_data(as_text=True)


@both_databases
def test_it_tells_what_has_changed_since(app: Flask) -> None:
    with time_machine.travel(BEGINS, tick=False) as clock:
        anybody = client_of(app)

        def after() -> dt.datetime:
            clock.shift(dt.timedelta(hours=1))
            return now()

        with writing(app):
            slug = an_event().slug
        assert changed(anybody, BEGINS) == {"rounds": ["grants-2014"]}
        moment = after()
        assert changed(anybody, moment) == {}
        bids = [f"grants-2014.B-0{number}" for number in (1, 2, 3)]
        with writing(app):
            publish_page(the_event())
        assert changed(anybody, moment) == {"rounds": ["grants-2014"], "bids": bids}
        assert read(anybody, "rounds")[0]["shares"][0]["event"]["id"] == slug
        assert {row["summary"] for row in read(anybody, "bids")} == {"What we would do."}
        moment = after()
        with writing(app):
            bid = db.session.scalars(sa.select(Bid).where(Bid.reference == "B-02")).one()
            withdraw_bid(bid, db.session.scalars(sa.select(Account).limit(1)).one())
        assert changed(anybody, moment) == {"bids": bids[1:2]}
        moment = after()
        with writing(app):
            share = db.session.scalars(sa.select(Share)).one()
            share.who_may_vote = "Whoever lives in Sale"
        assert changed(anybody, moment) == {"rounds": ["grants-2014"]}
        moment = after()
        with writing(app):
            db.session.scalars(sa.select(Share)).one().pitch_minutes = 4  # which is in no row
        assert changed(anybody, moment) == {}
        with writing(app):
            take_page_back(the_event())
        assert read(anybody, "bids") == []


def test_an_award_changes_with_its_money_and_goes_when_it_is_declined(app: Flask, client: CheckedClient) -> None:
    signed_awards(app)
    moment = now()
    assert changed(client, moment) == {}
    with moving(app, LARGE) as (award, by):
        give_back(award, by)
    assert [row["id"] for row in read(client, "awards")] == [str(SMALL)]
    refused(client, f"/awards/{LARGE}", 404)
    assert [row["id"] for row in read(client, "awards", moment - dt.timedelta(days=1))] == [str(SMALL)]
