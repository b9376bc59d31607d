"""Whether reminders run at all is said on Today, in the outbox and by the doctor."""

import datetime as dt

from flask import Flask

from tests.conftest import both_databases
from tests.factories import an_event, writing
from tests.grants.reminding import BEGINS, fund_on, on, remind
from tests.grants.visiting import ORGANISER
from tests.pages import browser, text_of

DAY = dt.timedelta(days=1)
VISIT = dt.date(2026, 9, 1)


def says(app: Flask, day: dt.date) -> tuple[str, str, str]:
    """Today, the outbox, and what the doctor says, on a day."""
    with on(day):
        desk = browser(app, ORGANISER)
        doctor = app.test_cli_runner().invoke(args=["doctor"]).output
        lines = [line for line in doctor.splitlines() if " reminders " in line]
        return text_of(desk.get("/desk/")), text_of(desk.get("/desk/outbox")), "".join(lines)


@both_databases
def test_reminders_that_have_stopped_are_an_overdue_task(app: Flask) -> None:
    fund_on(app, VISIT)
    with on(BEGINS + DAY):
        remind(app)
    today, outbox, doctor = says(app, BEGINS + 3 * DAY)
    assert "Reminders have not run" not in today
    assert "Reminders last ran on 3 March 2026, 9am." in outbox
    assert doctor.startswith("ok")
    today, outbox, doctor = says(app, BEGINS + 4 * DAY)
    assert "Reminders have not run since 3 March 2026" in today
    assert "Tell whoever looks after the server" in today
    assert doctor.startswith("warning")
    assert "Run `pbvote remind` every day" in doctor
    with on(BEGINS + 4 * DAY, 10):
        remind(app)
    assert "Reminders have not run" not in says(app, BEGINS + 4 * DAY)[0]


def test_reminders_that_never_ran_are_missed_two_days_after_the_first_award(app: Flask) -> None:
    fund_on(app, VISIT)
    assert "Reminders have not run" not in says(app, BEGINS + DAY)[0]
    today, outbox, doctor = says(app, BEGINS + 3 * DAY)
    assert "Reminders have not run since 2 March 2026" in today
    assert "Reminders last ran" not in outbox
    assert doctor.startswith("warning")


def test_where_no_group_is_funded_nobody_misses_reminders(app: Flask) -> None:
    with writing(app):
        an_event()
    today, outbox, doctor = says(app, BEGINS)
    assert "Reminders" not in today + outbox
    assert doctor == ""
