"""A locality plan: its stages with “We are here”, its actions under priorities, and what nobody has looked at."""

import datetime as dt
import re

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.core.clock import now, today
from pbvote.core.contacts import NO_CONTACTS
from pbvote.db import db
from pbvote.localities.models import Priority
from pbvote.localities.service import describe_locality
from pbvote.partnership.meetings.actions.models import QUARTER
from pbvote.partnership.plan.models import PlanStage
from pbvote.partnership.plan.stages import MOST_STAGES, PlanBegun, begin_plan, stages_of, stand_at
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import sign_in, writing
from tests.pages import browser, client_of, text_of
from tests.partnership.keeping import ABROAD, AUDITOR, EDITOR, KEEP, MEMBER, ORGANISER, PUBLIC, account, id_of, sale
from tests.partnership.meeting import boxes, in_days, seen_on
from tests.together import together

PLAN, KEPT, STAGES = f"{PUBLIC}/plan", f"{KEEP}/plan", f"{KEEP}/plan/stages"


def stages(app: Flask) -> list[str]:
    """The headings in their order, with a mark at where we are."""
    with app.app_context():
        rows = db.session.scalars(sa.select(PlanStage).order_by(PlanStage.position))
        return [f"{row.heading}{' <' * row.is_here}" for row in rows]


def priority(app: Flask, text: str) -> str:
    """The number of a priority, as a form sends it."""
    with app.app_context():
        return str(db.session.scalars(sa.select(Priority.id).where(Priority.text == text)).one())


def promise(editor: CheckedClient, what: str, state: str = "open", **others: str) -> None:
    """Write an action down."""
    said = {"what": what, "state": state, "lead": "The council", "why": "So."} | boxes(due_on=in_days(30)) | others
    assert editor.post(f"{KEEP}/actions/new", data=said).status_code == 302


def first(editor: CheckedClient, address: str, at: str) -> str:
    """The first link of a page that matches."""
    return str(re.findall(rf'href="({at}/\d+)"', editor.get(address).get_data(as_text=True))[0])


def test_a_plan_that_nobody_has_begun_is_not_shown_half_made(app: Flask, partnership: None) -> None:
    anybody, editor = client_of(app), browser(app, EDITOR)
    promise(editor, "Mend the gate")  # an action alone is no plan
    assert "The partnership has not written its plan yet." in text_of(anybody.get(PLAN))
    assert "Mend the gate" not in text_of(anybody.get(PLAN))
    assert "locality plan" not in text_of(anybody.get(PUBLIC))
    assert editor.post(f"{KEPT}/begin").status_code == 302
    page = anybody.get(PLAN)
    assert "0 of 1 action is done" in text_of(page)
    assert "No action serves it yet." in text_of(page)
    assert "Other actions Mend the gate" in text_of(page)
    assert page.get_data(as_text=True).count('aria-current="step"') == 1
    assert f'href="{PLAN}"' in anybody.get(PUBLIC).get_data(as_text=True)
    assert editor.post(f"{KEPT}/begin").status_code == 409
    for other, status in ((MEMBER, 403), (ABROAD, 404)):
        assert browser(app, other).get(KEPT).status_code == status
        assert browser(app, other).post(f"{KEPT}/begin").status_code == status
    read = text_of(browser(app, AUDITOR).get(KEPT))
    assert "Listen We are here" in read
    assert "Add a stage" not in read


def test_stages_are_written_ordered_and_one_is_where_we_are(app: Flask, partnership: None) -> None:
    editor, anybody = browser(app, EDITOR), client_of(app)
    said = {"heading": "Listen", "words": "<script>alert(1)</script>", "evidence": "212 answers.", "is_month": "y"}
    said |= {"link": "example.org/figures"} | boxes(reached_on=dt.date(2014, 7, 12))
    assert editor.post(f"{STAGES}/new", data=said).status_code == 302
    page = anybody.get(PLAN)
    assert "<script>alert" not in page.get_data(as_text=True)
    assert 'href="https://example.org/figures"' in page.get_data(as_text=True)
    assert "Listen We are here July 2014 <script>alert(1)</script> What shows it 212 answers." in text_of(page)
    for heading in ("Agree", "Do it"):
        editor.post(f"{STAGES}/new", data={"heading": heading})
    assert stages(app) == ["Listen <", "Agree", "Do it"]
    assert editor.post(f"{STAGES}/3/up").headers["Location"] == f"{KEPT}#stages"
    editor.post(f"{STAGES}/1/up")  # it is the first
    assert stages(app) == ["Listen <", "Do it", "Agree"]
    assert editor.post(f"{STAGES}/3/here").status_code == 302
    assert stages(app) == ["Listen", "Do it <", "Agree"]
    assert "Listen Done July 2014" in text_of(anybody.get(PLAN))
    assert "Agree To come" in text_of(anybody.get(PLAN))
    refused = editor.post(f"{STAGES}/3/remove")
    assert refused.status_code == 409
    assert "“We are here” stands at “Do it”. Put it at another stage, then remove this one." in text_of(refused)
    for number in ("1", "2"):
        assert editor.post(f"{STAGES}/{number}/remove").status_code == 302
    assert editor.post(f"{STAGES}/2/remove").status_code == 404
    assert editor.post(f"{STAGES}/3/remove").status_code == 302  # the last of all
    assert "has not written its plan" in text_of(anybody.get(PLAN))


def test_of_two_editors_of_a_stage_the_second_reads_what_changed(app: Flask, partnership: None) -> None:
    editor, other = browser(app, EDITOR), browser(app, ORGANISER)
    editor.post(f"{STAGES}/new", data={"heading": "Listen"})
    seen = seen_on(editor, f"{STAGES}/1")
    other.post(f"{STAGES}/1/here")  # changes none of its words
    assert other.post(f"{STAGES}/1", data=seen | {"heading": "Hear"}).status_code == 302
    clash = editor.post(f"{STAGES}/1", data=seen | {"heading": "Ask"})
    assert clash.status_code == 409
    assert "Read what changed" in text_of(clash)
    assert "Heading It says now Hear You typed Ask" in text_of(clash)
    assert stages(app) == ["Hear <"]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"heading": ""}, "Enter heading"),
        ({"words": "a" * 5000}, "characters or fewer"),
        ({"words": "a " * 200}, "150 words or fewer"),
        ({"evidence": "Ring 0161 496 0123"}, NO_CONTACTS),
        ({"link": "javascript:alert(1)"}, "Enter the address of a website"),
        ({"link": "http://example.org"}, "Enter an address that begins with https://"),
        ({"is_month": "y"}, "Enter the day, or leave “Show the month alone” empty"),
        ({"paper": "77"}, "Choose one of the answers listed"),
    ],
)
def test_a_stage_that_will_not_do_is_refused_with_a_sentence(
    app: Flask, partnership: None, sent: dict[str, str], sentence: str
) -> None:
    refused = browser(app, EDITOR).post(f"{STAGES}/new", data={"heading": "Listen"} | sent)
    assert refused.status_code == 422
    assert sentence in text_of(refused)


def test_a_plan_has_no_more_stages_than_anybody_can_overlook(app: Flask, partnership: None) -> None:
    editor = browser(app, EDITOR)
    statuses = [editor.post(f"{STAGES}/new", data={"heading": "Go on"}).status_code for _ in range(MOST_STAGES + 1)]
    assert statuses == [302] * MOST_STAGES + [422]


def test_actions_stand_under_priorities_and_the_strip_leads_to_them_by_state(app: Flask, partnership: None) -> None:
    editor, anybody = browser(app, EDITOR), client_of(app)
    centre = priority(app, "A lively town centre")
    editor.post(f"{KEPT}/begin")
    with writing(app):
        describe_locality(sale(), ["Priory"], ["Parks", "A lively town centre"])
    promise(editor, "Open a market", "done", priority=centre, why="It opened.")
    promise(editor, "Paint the bandstand", "stuck", priority=centre, lead="", lead_member=str(id_of(app, "Nia")))
    promise(editor, "Write the leaflet")
    refused = {"what": "Elsewhere", "state": "open", "lead": "We", "priority": "99"} | boxes(due_on=today())
    assert "Choose one of the answers listed" in text_of(editor.post(f"{KEEP}/actions/new", data=refused))
    page = anybody.get(PLAN)
    words = text_of(page)
    assert "1 of 3 actions are done" in words
    assert "1 is stuck. We are at “Listen”. Last looked at on" in words
    parks, market = words.index("Priority 1 Parks"), words.index("Priority 2 A lively town centre")
    assert parks < words.index("No action serves it yet.") < market < words.index("Paint the bandstand")
    assert words.index("Paint the bandstand") < words.index("Open a market") < words.index("Other actions")
    assert "Nia (Community Ambassador), Trafford Council" in words
    for state, what in (("done", "Open a market"), ("open", "Write the leaflet"), ("stuck", "Paint the bandstand")):
        address = f"{PUBLIC}/actions?state={state}"
        assert f'href="{address}"' in page.get_data(as_text=True)
        shown = text_of(anybody.get(address))
        assert [each for each in ("market", "leaflet", "bandstand") if each in shown] == [what.split()[-1]]
        assert what in text_of(editor.get(f"{KEEP}/actions?state={state}"))
    assert "Write the leaflet" in text_of(anybody.get(f"{PUBLIC}/actions?state=nonsense"))
    with writing(app):
        describe_locality(sale(), ["Priory"], ["Parks"])  # the priority goes, its actions stay
    words = text_of(anybody.get(PLAN))
    assert words.index("Other actions") < words.index("Paint the bandstand")


def test_a_lead_who_left_is_named_no_longer_and_editors_read_it(app: Flask, partnership: None) -> None:
    editor, anybody, nia = browser(app, EDITOR), client_of(app), id_of(app, "Nia")
    promise(editor, "Open a market", lead="", lead_member=str(nia))
    assert editor.post(f"{KEEP}/members/{nia}/end", data=boxes(last_on=today())).status_code == 302
    assert "Nia" in text_of(anybody.get(f"{PUBLIC}/actions"))
    with time_machine.travel(now() + dt.timedelta(days=1)):
        assert "Nia" not in text_of(anybody.get(f"{PUBLIC}/actions"))
        sign_in(editor, EDITOR)
        assert "Nia has left the partnership." in text_of(editor.get(f"{KEEP}/actions"))
        form = editor.get(first(editor, f"{KEEP}/actions", f"{KEEP}/actions")).get_data(as_text=True)
        assert 'value="Trafford Council"' in form


def test_what_nobody_looked_at_for_a_quarter_says_so_until_one_press(app: Flask, partnership: None) -> None:
    editor, anybody = browser(app, EDITOR), client_of(app)
    editor.post(f"{KEPT}/begin")
    promise(editor, "Open a market", priority=priority(app, "A lively town centre"))
    promise(editor, "Paint it", "done")
    began = today()
    with time_machine.travel(now() + QUARTER):
        assert "since" not in text_of(anybody.get(PLAN))
    with time_machine.travel(now() + QUARTER + dt.timedelta(days=1)):
        page = text_of(anybody.get(PLAN))
        since = f"{began.day} {began:%B %Y}"
        assert f"Nobody has looked at this plan since {since}." in page
        assert page.count(f"Not looked at since {since}.") == 1  # what is done needs no look
        sign_in(editor, EDITOR)
        assert f"Nobody has looked at it since {since}." in text_of(editor.get(KEEP))
        kept = editor.get(KEPT)
        assert "Look at these first" in text_of(kept)
        pressed = {"seen": "1", "from_plan": "yes"}
        answer = editor.post(f"{KEEP}/actions/1/looked-at", data=pressed, follow_redirects=True)
        assert "“Open a market” is as it was, and looked at today." in text_of(answer)
        assert "Look at these first" not in text_of(answer)
        assert "since" not in text_of(anybody.get(PLAN))
        one = f"{KEEP}/actions/1"
        changed = {"what": "Open two markets", "state": "open", "lead": "We"} | boxes(due_on=in_days(9))
        assert editor.post(one, data=changed | seen_on(editor, one)).status_code == 302
        stale = editor.post(f"{one}/looked-at", data={"seen": "1"}, follow_redirects=True)
        assert "“Open two markets” was changed by somebody meanwhile: read it first." in text_of(stale)
        back = editor.post(f"{one}/looked-at", data={"seen": "2", "page": "3", "state": "open"})
        assert back.headers["Location"].endswith("/actions?page=3&state=open")
        listed = editor.get(f"{KEEP}/actions?state=open").get_data(as_text=True)
        assert '<input type="hidden" name="state" value="open">' in listed
        assert editor.post(f"{KEEP}/actions/99/looked-at", data=pressed).status_code == 404
        urmston = "/my/partnership/urmston/actions/1/looked-at"
        assert browser(app, ORGANISER).post(urmston, data=pressed).status_code == 404


def test_a_reordered_or_reworded_priority_keeps_its_actions(app: Flask, partnership: None) -> None:
    with writing(app):
        describe_locality(sale(), ["Priory"], ["Parks for all", "Healthy eating", "Work"])
    held = {text: priority(app, text) for text in ("Parks for all", "Healthy eating", "Work")}
    desk = browser(app, ORGANISER)
    lines = "Work\nParks for everybody\nSchools\nHealthy eating"
    assert desk.post("/desk/localities/sale", data={"name": "Sale", "priorities": lines}).status_code == 302
    assert priority(app, "Work") == held["Work"]
    assert priority(app, "Healthy eating") == held["Healthy eating"]
    assert priority(app, "Parks for everybody") == held["Parks for all"]
    assert priority(app, "Schools") not in held.values()
    with app.app_context():
        ordered = db.session.scalars(sa.select(Priority.text).order_by(Priority.position)).all()
        assert list(ordered) == lines.split("\n")


@both_databases
def test_of_two_who_press_at_once_one_begins_and_we_are_at_one_stage(app: Flask, partnership: None) -> None:
    told: list[str] = []

    def begin() -> None:
        try:
            with writing(app):
                begin_plan(sale(), account(EDITOR))
        except PlanBegun as refusal:
            told.append(str(refusal))

    def stand(number: int) -> None:
        with writing(app):
            stand_at(sale(), stages_of(sale())[number], account(EDITOR))

    together(begin, begin)
    assert len(told) == 1
    together(lambda: stand(1), lambda: stand(2))
    assert len([each for each in stages(app) if each.endswith("<")]) == 1
    editor = browser(app, EDITOR)
    promise(editor, "Mend the gate", priority=priority(app, "A lively town centre"))
    assert editor.post(f"{STAGES}/new", data={"heading": "Rest"}).status_code == 302
    assert "0 of 1 action is done" in text_of(client_of(app).get(PLAN))
    assert "Nobody has looked" not in text_of(editor.get(KEEP))
    assert "Look at these first" not in text_of(editor.get(KEPT))
