"""The command that reminds people of what is due."""

import datetime as dt

import click
from flask.cli import with_appcontext

from pbvote.cli.printing import say
from pbvote.cli.timers import note_end
from pbvote.core.clock import today
from pbvote.db import begin_write, db
from pbvote.grants.network import ending
from pbvote.grants.network.posting import open_from_visits
from pbvote.grants.reminding import digests
from pbvote.grants.reminding.running import REMINDERS
from pbvote.grants.reminding.service import awards_to_remind_of, remind_of
from pbvote.partnership.gatherings.line import offers_to_see_to, see_to_offers
from pbvote.partnership.gatherings.service import hold_gathering
from pbvote.partnership.telling.sending import subscribers_to_tell, tell_subscribers


@click.command("remind")
@with_appcontext
def remind_command() -> None:
    """Write the letters about what is due, and the weekly digests. Run it every day, from cron or a systemd timer.

    Whoever wants to know what a partnership does has one letter a day at most, however often this runs.

    It also opens the needs that mentors noted, and asks about cards of the walls that end, or were introduced.

    Each letter is written once, however often and wherever this runs. What was begun and cut off is done by the next
    run. Places at a gathering that were offered and not answered go to the next in its line. `pbvote send-mail` carries
    the letters.
    """
    day, letters, weekly = today(), 0, 0
    for award_ids in awards_to_remind_of(day):
        begin_write()
        letters += remind_of(award_ids, day)
        db.session.commit()
    for gathering_id in offers_to_see_to(day):
        begin_write()
        gathering = hold_gathering(gathering_id)
        letters += see_to_offers(gathering, day) if gathering else 0
        db.session.commit()
    for account_ids in digests.people_to_write_to(day):
        begin_write()
        weekly += digests.write_digests(account_ids, day)
        db.session.commit()
    asked, told = _about_cards(day), _about_partnerships()
    note_end(REMINDERS)
    say(f"{letters} {'reminder' if letters == 1 else 'reminders'} written")
    say(f"{weekly} weekly {'letter' if weekly == 1 else 'letters'} written")
    say(f"{asked} {'question' if asked == 1 else 'questions'} about needs and offers written")
    say(f"{told} {'letter' if told == 1 else 'letters'} about partnerships written")


def _about_cards(day: dt.date) -> int:
    """Open needs that mentors noted, and ask the authors of cards how they stand; how many were asked."""
    begin_write()
    open_from_visits()
    db.session.commit()
    asked = 0
    for ids, ask in (
        *((ids, ending.ask_still_so) for ids in ending.cards_to_ask_about(day)),
        *((ids, ending.ask_helped) for ids in ending.introductions_to_ask_about(day)),
    ):
        begin_write()
        asked += ask(ids, day)
        db.session.commit()
    return asked


def _about_partnerships() -> int:
    """Tell those who want to know what partnerships did; how many letters."""
    told = 0
    for ids in subscribers_to_tell():
        begin_write()
        told += tell_subscribers(ids)
        db.session.commit()
    return told
