"""One letter to whoever wants to know when the result is out. Nothing here commits."""

import datetime as dt

import sqlalchemy as sa
from flask_babel import gettext

from pbvote.code_tags import tag_of
from pbvote.core.clock import now, today
from pbvote.core.codes import new_code, read_code
from pbvote.db import db, insert_into, write_again
from pbvote.errors import Refusal
from pbvote.people.codes import WrongCode
from pbvote.vote.events.models import Event
from pbvote.vote.poll.closing import at_the_close
from pbvote.vote.residents import letters
from pbvote.vote.residents.models import MOST_LETTERS, Reminder

MOST = 2_000
"""For one event: a flood ends here whatever networks it comes from."""
UNCONFIRMED_DAYS = 7
KEPT_DAYS = 92
"""After the event's end, where no result is published."""


class ResultIsOut(Refusal):
    """There is nothing left to wait for."""

    def __init__(self) -> None:
        super().__init__(gettext("The result is public. You can read it now."))


class TooManyReminders(Refusal):
    """More addresses than any hall has people."""

    status = 429

    def __init__(self) -> None:
        super().__init__(gettext("We can’t take more addresses here. The result will be on the event’s page."))


class LettersSpent(Refusal):
    """As many letters went to this address as it gets."""

    status = 429

    def __init__(self) -> None:
        super().__init__(
            gettext("We have written to this address %(number)s times. Look among junk mail, too.", number=MOST_LETTERS)
        )


class UnknownReminder(WrongCode):
    """A link that leads to no address: mistyped, replaced by a newer letter's, or long out of date."""

    def __init__(self, typed: str) -> None:
        super().__init__(gettext("This link does not work any more. Use the newest letter, or ask again."), typed)


def ask_for_reminder(event: Event, email: str, language: str) -> None:
    """Write a letter with a link to this address; nothing else is ever sent there before its button is pressed.

    Raises `ResultIsOut`, `TooManyReminders` and `LettersSpent`.
    """
    if event.is_public:
        raise ResultIsOut
    of_event = sa.select(sa.func.count()).select_from(Reminder).where(Reminder.event_id == event.id)
    if db.session.scalars(of_event).one() >= MOST:
        raise TooManyReminders
    code = new_code()
    asked = {"tag": tag_of("reminder", code), "language": language, "asked_on": today()}
    first = insert_into(Reminder).values(event_id=event.id, email=email.lower(), letters=1, **asked)
    claim = first.on_conflict_do_update(
        index_elements=["event_id", "email"],
        set_={**asked, "letters": Reminder.letters + 1},
        where=Reminder.letters < MOST_LETTERS,
    )
    if db.session.scalar(claim.returning(Reminder.letters)) is None:
        raise LettersSpent
    letters.ask_to_confirm(event, email, code, language)


def confirm_reminder(event: Event, typed: str) -> None:
    """Note that whoever reads the address wants the letter. Raises `UnknownReminder` and `ResultIsOut`."""
    day = sa.func.coalesce(Reminder.confirmed_on, today())
    claim = sa.update(Reminder).where(_is_named(event, typed)).values(confirmed_on=day).returning(Reminder.email)
    if db.session.scalar(claim) is None:
        raise ResultIsOut if event.is_public else UnknownReminder(typed)


def stop_reminder(event: Event, typed: str) -> None:
    """Delete the address. Raises `UnknownReminder`, also where the letter went out and took the address with it."""
    gone = sa.delete(Reminder).where(_is_named(event, typed)).returning(Reminder.email)
    if db.session.scalar(gone) is None:
        raise UnknownReminder(typed)


def _is_named(event: Event, typed: str) -> sa.ColumnElement[bool]:
    code = read_code(typed)
    return sa.and_(Reminder.event_id == event.id, Reminder.tag == (tag_of("reminder", code) if code else b""))


@at_the_close
def forget_order_of_reminders(event: Event) -> None:
    """Write the event's addresses again, so that none says when it came beside the ballots."""
    write_again(Reminder, Reminder.event_id == event.id)


def send_reminders(event: Event) -> int:
    """Write the one letter to each address that was confirmed, and delete every address; how many letters."""
    gone = sa.delete(Reminder).where(Reminder.event_id == event.id)
    rows = db.session.execute(gone.returning(Reminder.email, Reminder.language, Reminder.confirmed_on)).all()
    confirmed = sorted((row.email, row.language) for row in rows if row.confirmed_on)
    for email, language in confirmed:
        letters.say_result_is_out(event, email, language)
    return len(confirmed)


def forget_reminders() -> int:
    """Delete the addresses that nobody confirmed within a week, and those of events long over; how many they were."""
    over = sa.select(Event.id).where(Event.ends_at < now() - dt.timedelta(days=KEPT_DAYS))
    is_old = Reminder.asked_on < today() - dt.timedelta(days=UNCONFIRMED_DAYS)
    gone = sa.or_(Reminder.event_id.in_(over), sa.and_(Reminder.confirmed_on.is_(None), is_old))
    return len(db.session.scalars(sa.delete(Reminder).where(gone).returning(Reminder.email)).all())
