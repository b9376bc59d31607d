"""Who may come in where: every address is asked as every role, and an address without an entry fails.

What is read writes nothing.
"""

import sqlite3
from contextlib import closing

import pytest
from flask import Flask

from pbvote.db import db
from pbvote.people.models import Account
from tests.call import checking_doors
from tests.checked_client import CheckedClient
from tests.doors import EVERYBODY, READERS_AND_WRITERS, UPLOADS
from tests.factories import sign_in, writing
from tests.files.doors import FILES_REFUSED_TO_WRITERS
from tests.grants.directory_doors import DIRECTORY_REFUSED_TO_READERS, DIRECTORY_REFUSED_TO_WRITERS
from tests.grants.mentor_doors import MENTORS_REFUSED_TO_READERS, MENTORS_REFUSED_TO_WRITERS
from tests.grants.network_doors import NETWORK_REFUSED_TO_READERS, NETWORK_REFUSED_TO_WRITERS
from tests.grants.promise_doors import PROMISES_REFUSED_TO_READERS, PROMISES_REFUSED_TO_WRITERS
from tests.grants.report_doors import REPORTS_REFUSED_TO_READERS, REPORTS_REFUSED_TO_WRITERS
from tests.grants.visit_doors import VISITS_REFUSED_TO_WRITERS
from tests.house import HOUSE, tracked
from tests.partnership.doors import PARTNERSHIP_REFUSED_TO_READERS, PARTNERSHIP_REFUSED_TO_WRITERS
from tests.partnership.engagement_doors import ENGAGEMENT_REFUSED_TO_READERS, ENGAGEMENT_REFUSED_TO_WRITERS
from tests.partnership.meeting_doors import MEETINGS_REFUSED_TO_READERS, MEETINGS_REFUSED_TO_WRITERS
from tests.partnership.plan_doors import PLANS_REFUSED_TO_WRITERS
from tests.public_account.doors import ACCOUNT_REFUSED_TO_WRITERS
from tests.scene import EMAILS, Scene, find_scene
from tests.scene_addresses import address, rules_of
from tests.vote.choosing_doors import CHOOSING_REFUSED_TO_WRITERS
from tests.vote.programme_doors import PROGRAMME_REFUSED_TO_WRITERS


@pytest.fixture
def scene(demonstration: None, app: Flask) -> Scene:
    """The demonstration."""
    return find_scene(app)


def test_every_route_is_entered(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(READERS_AND_WRITERS)


# Pages of another time: the demonstration's poll is open, and no tie waits in it.
REFUSED_TO_READERS = {
    "events_desk.running_order": 409,
    "count_desk.account_pdf": 409,
    **dict.fromkeys((f"steps_desk.{name}_page" for name in ("opening", "counting", "publishing")), 409),
    "count_desk.draw": 409,
    "awards_group.cannot": 409,  # the offer waits for an answer
    "payments_desk.plan": 409,  # all of it is paid
    **MENTORS_REFUSED_TO_READERS,
    **PROMISES_REFUSED_TO_READERS,
    **REPORTS_REFUSED_TO_READERS,
    **PARTNERSHIP_REFUSED_TO_READERS,
    **MEETINGS_REFUSED_TO_READERS,
    **ENGAGEMENT_REFUSED_TO_READERS,
    **DIRECTORY_REFUSED_TO_READERS,
    **NETWORK_REFUSED_TO_READERS,
    **checking_doors.REFUSED_TO_READERS,
}

# What those who may send get for an empty form, where it is neither done (302) nor put right (422). 404: there is no
# such code or paper. 409: this browser has sent no bid, slips are printed, voting is open, a step was pressed
# without its page, or somebody has acted.
REFUSED_TO_WRITERS = {
    **dict.fromkeys(("casting.paper", "casting.cast", "witness.confirm"), 404),
    **dict.fromkeys(("paper_entry_desk.keep_marks", "paper_entry_desk.keep_spoilt"), 404),
    "rounds_desk.share_out": 409,
    **dict.fromkeys(("rules_desk.choose_ballot", "rules_desk.choose_rule"), 409),
    **dict.fromkeys(("events_desk.set_running_order", "events_desk.take_in_shortlist"), 409),
    **dict.fromkeys(("acts_desk.confirm", "acts_desk.cancel", "steps_desk.open_poll", "steps_desk.close_poll"), 409),
    **FILES_REFUSED_TO_WRITERS,
    **dict.fromkeys(("bids.change_address", "bid_sheets_desk.take_in"), 409),
    **dict.fromkeys(("drafts_desk.let_in", "drafts_group.change", "drafts_group.withdraw"), 409),
    **PROGRAMME_REFUSED_TO_WRITERS,
    "venue_desk.send_burst": 409,  # voting is open
    "stage_desk.press": 422,  # a press of no button
    "withdrawing_desk.withdraw": 409,
    "results_organiser.look": 409,  # nothing is sealed
    # No form: another site's, for all the door can tell.
    **dict.fromkeys(UPLOADS, 400),
    **CHOOSING_REFUSED_TO_WRITERS,
    **MENTORS_REFUSED_TO_WRITERS,
    **PROMISES_REFUSED_TO_WRITERS,
    **REPORTS_REFUSED_TO_WRITERS,
    **DIRECTORY_REFUSED_TO_WRITERS,
    **NETWORK_REFUSED_TO_WRITERS,
    **checking_doors.REFUSED_TO_WRITERS,
    **dict.fromkeys(("paper_entry_desk.confirm", "paper_entry_desk.send_back"), 409),
    **dict.fromkeys(
        ("steps_desk.ask_to_count", "count_desk.ask_to_draw", "steps_desk.publish", "count_desk.state"), 409
    ),
    **dict.fromkeys((f"awards_desk.{name}" for name in ("sign", "note_no", "decide_about")), 409),
    "awards_group.give_back": 409,  # the offer was declined
    "payments_desk.ask_finance": 409,  # all of it is paid
    **dict.fromkeys(("award_acts_desk.confirm", "award_acts_desk.cancel"), 409),
    # Sale is still voting, and the drafted decision of Urmston is sent only by who has read its letters.
    **dict.fromkeys((f"award_decisions_desk.{it}" for it in ("record", "offer_on", "send", "call_back")), 409),
    **VISITS_REFUSED_TO_WRITERS,
    **PARTNERSHIP_REFUSED_TO_WRITERS,
    **MEETINGS_REFUSED_TO_WRITERS,
    **PLANS_REFUSED_TO_WRITERS,
    **ENGAGEMENT_REFUSED_TO_WRITERS,
    **ACCOUNT_REFUSED_TO_WRITERS,
}


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_who_may_read_what_and_that_reading_writes_nothing(
    app: Flask, client: CheckedClient, scene: Scene, role: str
) -> None:
    if role != "nobody":
        sign_in(client, EMAILS[role])
    with closing(sqlite3.connect(app.config["DATABASE_URL"].removeprefix("sqlite:///"))) as watching:
        before = commits_seen(watching)
        reads_what_it_may(app, client, scene, role)
        assert commits_seen(watching) == before
        with writing(app):
            db.session.get_one(Account, 1).name += "!"
        assert commits_seen(watching) != before, "what hears nothing finds that nothing was written"


def commits_seen(watching: sqlite3.Connection) -> int:
    """A number that changes whenever another connection has changed the database, be it by one byte."""
    [number] = watching.execute("PRAGMA data_version").fetchone()
    return int(number)


def reads_what_it_may(app: Flask, client: CheckedClient, scene: Scene, role: str) -> None:
    """Ask for every address."""
    for rule in rules_of(app, "GET"):
        readers, _ = READERS_AND_WRITERS[rule.endpoint]
        answer = client.get(address(rule, scene))
        if role in readers:
            refused = REFUSED_TO_READERS.get(rule.endpoint)
            assert answer.status_code in ({refused} if refused else {200, 302}), (rule.endpoint, answer.status_code)
            assert "/sign-in" not in answer.headers.get("Location", "") or rule.endpoint == "people.second_step"
        else:
            refuses(answer.status_code, answer.headers.get("Location", ""), role, rule.endpoint)


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_who_may_send_what(app: Flask, client: CheckedClient, scene: Scene, role: str) -> None:
    for rule in rules_of(app, "POST"):
        client.delete_cookie("session")
        if role != "nobody":
            sign_in(client, EMAILS[role])
        _, writers = READERS_AND_WRITERS[rule.endpoint]
        answer = client.post(address(rule, scene), data={})
        if role in writers:
            refused = REFUSED_TO_WRITERS.get(rule.endpoint)
            assert answer.status_code in ({refused} if refused else {200, 302, 422}), (
                rule.endpoint,
                answer.status_code,
            )
            assert "/sign-in" not in answer.headers.get("Location", "") or rule.endpoint == "people.try_second_step"
        else:
            refuses(answer.status_code, answer.headers.get("Location", ""), role, rule.endpoint)


def refuses(status: int, location: str, role: str, endpoint: str) -> None:
    """Nobody is sent to the sign-in; anyone else is told no."""
    if role == "nobody":
        assert status == 302, (endpoint, status)
        asks = "/screen/sale-2014/ask" if endpoint.startswith("screen_screen.") else "/sign-in"
        assert location.startswith(asks), (endpoint, location)
    else:
        assert status == 403, (endpoint, role, status)


def test_whoever_asks_no_form_for_its_token_says_why_beside_its_door() -> None:
    said = {
        file.relative_to(HOUSE / "pbvote").as_posix(): line.strip()
        for file in tracked("pbvote/*.py")
        for line in file.read_text(encoding="utf-8").splitlines()
        if "csrf.exempt(" in line
    }
    assert len(said) > 10
    said.pop("vote/passes/uploads.py")  # its own mark, which a device's views carry
    assert [name for name in said if not name.removesuffix(".py").endswith(("public", "_member"))] == []
    assert [name for name, line in said.items() if "  # " not in line] == []
