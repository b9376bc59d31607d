"""The demonstration's check-ins: a worry that was answered, and one that waits for its answer."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa

from pbvote.core.clock import today, uk_moment
from pbvote.core.working_days import working_days_after
from pbvote.db import db
from pbvote.demonstration.visit_photos import give_visit_photo
from pbvote.grants.awards.models import Award
from pbvote.grants.visits.models import CheckIn, ContactMethod, Status
from pbvote.grants.visits.storing import log_check_in
from pbvote.grants.visits.typed import NewCheckIn
from pbvote.grants.visits.worries import DAYS_TO_ANSWER, answer_worry
from pbvote.people.models import Account


def log_first_visits(awards: Sequence[Award], member: Account, officer: Account) -> None:
    """Three groups were visited, and the officer answered a worry about the second. Of the third, one is open."""
    for number, award in enumerate(awards):
        for contact in award.bid.group.contacts if award.bid.group else []:
            contact.phone = f"0161 496 0{500 + number}"
    _answered(awards[1], member, officer)
    for award, visit in zip(awards, _first_visits(), strict=False):
        log_check_in(award, member, visit)
    for check_in in db.session.scalars(sa.select(CheckIn).where(CheckIn.standing != Status.WORRIED)):
        check_in.logged_at = uk_moment(check_in.met_on, dt.time(18))
        if check_in.form_key == "first-visit-1":
            give_visit_photo(check_in, member)


def _answered(award: Award, member: Account, officer: Account) -> None:
    said = NewCheckIn(
        "answered-worry",
        today() - dt.timedelta(days=40),
        ContactMethod.CALL,
        Status.WORRIED,
        [],
        "Only one of them came to the last three meetings.",
        "She says that she can’t go on alone.",
    )
    worry = log_check_in(award, member, said)
    if worry:
        answer_worry(worry, "I rang them on Tuesday. Two neighbours have joined her.", officer)
        worry.due_on = working_days_after(said.met_on, DAYS_TO_ANSWER)
        worry.answered_at = uk_moment(working_days_after(said.met_on, 2), dt.time(10))
        db.session.get_one(CheckIn, worry.check_in_id).logged_at = uk_moment(said.met_on, dt.time(18))


def _first_visits() -> list[NewCheckIn]:
    """One group that does well, one that could use help, and one that the member worries about."""
    return [
        NewCheckIn(
            "first-visit-1",
            today() - dt.timedelta(days=24),
            ContactMethod.VISIT,
            Status.GOING_WELL,
            [],
            "41 pupils came in the first week. The second tutor starts on Monday.",
            "",
            today() + dt.timedelta(days=40),
        ),
        NewCheckIn(
            "first-visit-2",
            today() - dt.timedelta(days=17),
            ContactMethod.VISIT,
            Status.COULD_USE_HELP,
            ["venue", "volunteers"],
            "The kitchen they used is being repaired until spring.",
            "",
            today() + dt.timedelta(days=6),
        ),
        NewCheckIn(
            "first-visit-3",
            today() - dt.timedelta(days=11),
            ContactMethod.CALL,
            Status.WORRIED,
            ["advice"],
            "The treasurer has moved away and nobody else can sign.",
            "They asked whether the first instalment could pay last year’s rent.",
            today() - dt.timedelta(days=2),
        ),
    ]
