"""The boards: every page counts the same, each number leads to its groups, and an address says what is shown."""

import datetime as dt
import re

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from benchmarks.boards_data import MEMBER, MEMBERS, ORGANISER, PLACES, add_awards, fill
from pbvote.access import Role
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.money.paying import SentBack, note_paid, note_return
from pbvote.grants.money.service import payments_of
from pbvote.grants.monitoring.months import check_ins_by_month, latest_months
from pbvote.grants.reports.due import is_report_long_late
from pbvote.grants.reports.models import Report
from pbvote.grants.visits.due import is_due, is_late
from pbvote.grants.visits.models import CheckIn, Worry
from pbvote.people.service import account_with_email
from tests.checked_client import CheckedClient
from tests.conftest import AppMaker, both_databases
from tests.factories import an_account, writing
from tests.grants.boards import BOARD, borough, figures, groups_on
from tests.grants.paying import SMALL, moving, plan_form, ring, signed_awards
from tests.pages import browser, sheet, text_of
from tests.queries import told


def on_today(client: CheckedClient, pattern: str) -> int:
    """The sum of a number that Today's tasks name."""
    return sum(int(number) for number in re.findall(pattern, text_of(client.get("/desk/"))))


@both_databases
def test_board_today_members_lists_and_files_count_the_same(app: Flask) -> None:
    desk = borough(app)
    counted = {label: number for label, (number, _) in figures(desk).items()}
    rows = sheet(desk, f"{BOARD}groups.csv")
    for label in ("Overdue", "Due this month", "Not reached", "Without a mentor"):
        assert counted[label] == sum(row[label] == "Yes" for row in rows), label
    for colour in ("Red", "Amber", "Green"):
        assert counted[colour] == sum(row["Colour"] == colour for row in rows), colour
    places = sheet(desk, f"{BOARD}figures.csv")
    assert {label: sum(int(place[label]) for place in places) for label in counted} == counted
    assert counted["Funded groups"] == len(rows) == 38
    assert counted["Overdue"] == on_today(desk, r"(\d+) visits? (?:is|are) overdue") > 0
    assert counted["Without a mentor"] == on_today(desk, r"Find a mentor for (\d+)") > 1
    with app.app_context():
        standing = sa.select(Worry.award_id).join(Worry.award).where(Worry.answered_at.is_(None), Award.is_standing)
        worried = set(db.session.scalars(standing))
        unreported = {
            each.id for each in db.session.scalars(_unreported()) if is_report_long_late(each.ends_on, today())
        }
        assert counted["Red"] == len(worried | unreported) > len(worried) > 0
    late, reds = set(), set()
    for place in range(len(PLACES)):
        for number in range(MEMBERS):
            if (place, number) == (1, 4):
                continue
            page = (
                browser(app, f"member-{place}-{number}@partnership.example").get("/my/groups/").get_data(as_text=True)
            )
            for card in page.split('<li class="card"')[1:]:
                name = re.search(r"Group \d+", card)
                late |= {name[0]} if name and "Overdue" in card else set()
                reds |= {name[0]} if name and ">Red<" in card else set()
    seen_to = [row for row in rows if row["Without a mentor"] == "No"]
    assert late == {row["Group"] for row in seen_to if row["Overdue"] == "Yes"}
    assert reds == {row["Group"] for row in seen_to if row["Colour"] == "Red"}


def _unreported() -> sa.Select[Award]:
    """The awards that stand, and whose group has sent no report."""
    return sa.select(Award).where(Award.is_standing, ~sa.exists().where(Report.award_id == Award.id))


def test_each_number_leads_to_as_many_groups(app: Flask) -> None:
    desk = borough(app)
    for label, (number, address) in figures(desk).items():
        assert groups_on(desk, address)[0] == number, label
    page = desk.get(BOARD).get_data(as_text=True)
    links = re.findall(r'href="(/desk/monitoring/localities/[^"]+#groups)">(\d+)<', page)
    assert len(links) > 12
    for href, counted in links:
        assert groups_on(desk, href.replace("&amp;", "&").partition("#")[0])[0] == int(counted), href
    tasks = desk.get("/desk/").get_data(as_text=True)
    led = re.findall(r'href="(/desk/monitoring/\?[^"]+)"[^>]*>\s*(?:Find a mentor for )?(\d+)', tasks)
    assert led
    for href, counted in led:
        assert groups_on(desk, href.replace("&amp;", "&"))[0] == int(counted), href


def test_an_address_says_which_groups_and_in_which_order(app: Flask) -> None:
    desk = borough(app)
    everything = sheet(desk, f"{BOARD}groups.csv")
    colours = [row["Colour"] for row in everything]
    assert colours == sorted(colours, key=["Red", "Amber", "Green"].index)
    assert groups_on(desk, f"{BOARD}?words=project+012")[1] == ["Group 012"]
    assert groups_on(desk, f"{BOARD}?words=nothing+like+it") == (0, [])
    mine = sheet(desk, f"{BOARD}groups.csv?locality=sale&colour=amber&order=group")
    wanted = [row for row in everything if (row["Locality"], row["Colour"]) == ("Sale", "Amber")]
    assert [row["Group"] for row in mine] == sorted(row["Group"] for row in wanted)
    assert groups_on(desk, f"{BOARD}?locality=sale&colour=amber&order=group")[1] == [row["Group"] for row in mine]
    with app.app_context():
        member = account_with_email(MEMBER)
        assert member
        number = member.id
    found, names = groups_on(desk, f"{BOARD}?mentor={number}&order=largest")
    assert found == len(names) == sum(row["Mentor"] == "Member 3 of 0" for row in everything) > 0
    for nonsense in ("which=x", "colour=blue", "mentor=999", "order=x", "event=x", "page=x", "page=99", "page=-1"):
        assert groups_on(desk, f"{BOARD}?{nonsense}")[0] == len(everything), nonsense
    assert desk.get(f"{BOARD}localities/atlantis").status_code == 404
    assert desk.get(f"{BOARD}groups.csv?locality=atlantis").status_code == 404


def test_a_long_board_has_pages_that_keep_what_was_asked(app: Flask) -> None:
    desk = borough(app, awards=70, check_ins=1)
    page = desk.get(f"{BOARD}?order=group").get_data(as_text=True)
    assert 'href="?order=group&amp;page=2"' in page
    first, second = (groups_on(desk, f"{BOARD}?order=group&page={number}")[1] for number in (1, 2))
    assert (len(first), len(second)) == (50, 18)
    assert groups_on(desk, f"{BOARD}?order=group&page=all")[1] == first + second == sorted(first + second)


def test_as_many_statements_for_fifty_awards_as_for_five(make_app: AppMaker) -> None:
    pages = ("", "?page=all", "localities/old-trafford", "groups.csv", "figures.csv", "check-ins.csv", "5")
    asked: list[dict[str, list[str]]] = []
    app = make_app()
    with writing(app):
        fill(5, 3)
    asked.append(_asked(app, pages))
    with writing(app):
        add_awards(range(5, 50), 3)
    asked.append(_asked(app, pages))
    few, many = asked
    for address, statements in many.items():
        assert len(statements) == len(few[address]), f"{address}\n{told(statements)}"


def _asked(app: Flask, pages: tuple[str, ...]) -> dict[str, list[str]]:
    """What each page sends to the database."""
    found = {}
    desk, member = browser(app, ORGANISER), browser(app, MEMBER)
    for client, address in (*((desk, BOARD + page) for page in pages), (member, "/my/board/old-trafford")):
        assert client.get(address).status_code == 200, address
        found[address] = [*client.statements]
    return found


def test_a_member_reads_the_board_of_their_own_locality_and_no_other(app: Flask) -> None:
    desk, member = borough(app), browser(app, MEMBER)
    with writing(app):
        db.session.execute(sa.update(CheckIn).values(concern="The keys are lost."))
    assert member.get("/my/board/").headers["Location"].endswith("/my/board/old-trafford")
    shown = member.get("/my/board/old-trafford").get_data(as_text=True)
    assert "/desk/" not in shown
    assert "The keys are lost" not in shown
    ours, theirs = figures(member, "/my/board/old-trafford"), figures(desk, f"{BOARD}localities/old-trafford")
    assert {label: number for label, (number, _) in ours.items()} == {label: n for label, (n, _) in theirs.items()}
    rows = sheet(member, "/my/board/old-trafford/groups.csv")
    assert len(rows) == ours["Funded groups"][0]
    assert {row["Locality"] for row in rows} == {"Old Trafford"}
    assert "keys" not in str(rows)
    assert re.findall(r'href="/my/groups/(\d+)"', shown), "their own groups lead to the check-in"
    for address in ("sale", "sale/groups.csv", "sale/figures.xlsx", "atlantis"):
        assert member.get(f"/my/board/{address}").status_code == 404, address
    assert len(sheet(member, "/my/board/old-trafford/groups.csv?locality=sale")) == len(rows)


def test_the_page_of_an_award_tells_it_in_order(app: Flask) -> None:
    desk = borough(app)
    with writing(app):
        [check_in_id] = db.session.scalars(sa.select(CheckIn.id).where(CheckIn.award_id == 2).limit(1))
        check_in = db.session.get_one(CheckIn, check_in_id)
        check_in.concern = "The keys are lost."
        an_account(Role.AUDITOR)
    page = text_of(desk.get(f"{BOARD}2"))
    order = ("The council awarded", "became the mentor", "Visit,", "The keys are lost.")
    places = [page.index(words, page.index("What has happened")) for words in order]
    assert places == sorted(places)
    audited = browser(app, "auditor@council.example").get(f"{BOARD}2")
    assert "The keys are lost." in text_of(audited)
    assert "Save the mentor" not in text_of(audited)


@both_databases
@pytest.mark.parametrize("on", [dt.date(2027, 1, 31), dt.date(2028, 2, 29), dt.date(2027, 12, 1)])
def test_the_latest_twelve_months_end_with_this_one(app: Flask, on: dt.date) -> None:
    with time_machine.travel(dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC), tick=False):
        months = latest_months()
        assert len(months) == len(set(months)) == 12
        assert months[-1] == on.replace(day=1)
        assert months[0] == (on.replace(day=1) - dt.timedelta(days=330)).replace(day=1)
        with writing(app):
            fill(4, 12)
        with app.app_context():
            counted = check_ins_by_month(months, None)
            logged = db.session.scalars(sa.select(CheckIn.met_on)).all()
            assert max(logged) > on, "one that a wrong clock dated in the future"
            for place, month in enumerate(months):
                there = [day for day in logged if day.replace(day=1) == month and day <= on]
                assert sum(numbers[place] for numbers in counted.values()) == len(there), month


def test_due_this_month_and_late_are_never_both() -> None:
    on = dt.date(2028, 2, 10)
    days = [dt.date(2028, 1, 31), dt.date(2028, 2, 9), on, dt.date(2028, 2, 29), dt.date(2028, 3, 1), None]
    assert [is_late(day, on) for day in days] == [True, True, False, False, False, False]
    assert [is_due(day, on) for day in days] == [False, False, True, True, False, False]


def test_a_board_without_groups_says_so(app: Flask) -> None:
    with writing(app):
        an_account(Role.ORGANISER)
    desk = browser(app, ORGANISER)
    assert "No group has been offered money yet" in text_of(desk.get(f"{BOARD}?which=late"))
    assert desk.get(f"{BOARD}groups.xlsx").status_code == 200
    assert sheet(desk, f"{BOARD}figures.csv") == []


@both_databases
def test_the_story_has_the_answer_the_call_and_the_payments(app: Flask) -> None:
    desk = signed_awards(app)
    ring(app, SMALL)
    assert desk.post(f"/desk/awards/{SMALL}/money/payments", data=plan_form()).status_code == 302
    with moving(app, SMALL) as (award, by):
        [payment] = payments_of(award)
        note_paid(award, payment, today(), by)
        note_return(award, SentBack(1, 5_00, today(), "The hall cost less"), by)
    page = text_of(desk.get(f"{BOARD}{SMALL}"))
    told_of = page[page.index("What has happened") :]
    order = (
        *("The council awarded £2,000", "The group was offered the grant.", "The group accepted: "),
        *("The agreement was signed.", "rang Amina Yusuf (treasurer)", "Finance was asked to pay £2,000"),
        *("Finance paid £2,000.", "The group sent back £5: The hall cost less."),
    )
    places = [told_of.index(words) for words in order]
    assert places == sorted(places)


def test_a_room_enters_a_column_of_its_own(app: Flask) -> None:
    desk = borough(app, awards=8)
    with app.app_context():
        paid = sa.select(sa.func.count()).where(Award.is_standing, Award.paid_pence == Award.award_pence)
        to_pay = 6 - (db.session.scalar(paid) or 0)
    number, address = figures(desk)["Money to pay"]
    assert (number, address) == (to_pay, f"{BOARD}?which=to-pay")
    assert sum(row["Money to pay"] == "Yes" for row in sheet(desk, f"{BOARD}groups.csv")) == number > 0
