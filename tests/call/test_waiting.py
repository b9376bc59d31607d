"""What keeps groups waiting is on the organiser's first page, each with the list where it is dealt with."""

import datetime as dt

import time_machine
from flask import Flask

from pbvote.call.bids.models import Bid
from pbvote.call.checking import appeals, decisions, queries
from pbvote.call.checking.models import DecisionKind
from pbvote.call.checking.waiting import KeptWaiting, what_waits
from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.home.tasks import Task
from pbvote.home.todo import organisers_tasks
from tests.bidding import send as send_form
from tests.call.deciding import OLIVIA, OMAR, account, set_up
from tests.factories import writing
from tests.pages import browser, text_of

OURS = ("Look again", "Follow up", "Send ", "Write again")


def tasks(app: Flask) -> dict[str, Task]:
    """What of the organiser's first page is about checking, by its sentence."""
    with app.test_request_context():
        return {task.text: task for task in organisers_tasks() if task.text.startswith(OURS)}


def work(app: Flask) -> None:
    """B-01 is refused and asks to be looked at again, B-02 is asked a question for today, B-03 is drafted."""
    set_up(app)
    with writing(app):
        growers, cooks, rowers = (db.session.get_one(Bid, number) for number in (1, 2, 3))
        refusal = decisions.draft(growers, DecisionKind.REFUSE, account(OLIVIA), "No accounts.", "Send them.")
        decisions.send_decisions(growers.round, [refusal.id], account(OLIVIA))
        appeals.ask_again(refusal, "They were in the letter.")
        queries.ask(cooks, "Who keeps the key?", today(), account(OLIVIA))
        decisions.draft(rowers, DecisionKind.SHORTLIST, account(OMAR))


def test_whatever_waits_too_long_stands_on_the_first_page(app: Flask) -> None:
    work(app)
    send_form(app)
    assert list(tasks(app)) == ["Look again at 1 refused bid", "Send 1 drafted decision"]
    with time_machine.travel(now() + dt.timedelta(days=2, minutes=1), tick=False):
        found = tasks(app)
        assert list(found) == [
            "Look again at 1 refused bid",
            "Follow up 1 overdue answer",
            "Send 1 drafted decision",
            "Write again about 1 unconfirmed bid",
        ]
        desk = browser(app, OLIVIA)
        page = desk.get("/desk/").get_data(as_text=True)
        for task, shown in zip(found.values(), ("B-01", "B-02", "B-03", "Beans for all"), strict=True):
            assert f'href="{task.href}"' in page
            assert shown in text_of(desk.get(task.href))


def test_what_is_dealt_with_waits_no_longer(app: Flask) -> None:
    work(app)
    send_form(app)
    with writing(app):
        appeal = appeals.appeal_numbered(1)
        assert appeal
        appeals.uphold(appeal, account(OMAR), "They were not.")
        queries.answer(queries.queries_of(db.session.get_one(Bid, 2))[0], "The caretaker.")
        decisions.drop(decisions.drafts_of(db.session.get_one(Bid, 3).round)[0], account(OMAR))
    undecided = {KeptWaiting.RECEIVED: 2}
    with time_machine.travel(now() + dt.timedelta(hours=47), tick=False), app.app_context():
        assert what_waits() == {1: undecided}
    with time_machine.travel(now() + dt.timedelta(days=3), tick=False), app.app_context():
        assert what_waits() == {1: {KeptWaiting.UNCONFIRMED: 1, **undecided}}
    with time_machine.travel(now() + dt.timedelta(days=60), tick=False), app.app_context():
        assert what_waits() == {1: undecided}  # it is about to be deleted
