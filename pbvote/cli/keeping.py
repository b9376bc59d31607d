"""The command that deletes what is kept no longer."""

from collections.abc import Callable
from typing import Final

import click
from flask.cli import with_appcontext

from pbvote.call.bids.sending import forget_unconfirmed
from pbvote.call.drafts.forgetting import forget_drafts, warn_writers
from pbvote.call.spreadsheets.importing import forget_sheets
from pbvote.cli.printing import say
from pbvote.db import begin_write, db
from pbvote.doctor.timers import note_command
from pbvote.grants.directory.listing import forget_listings
from pbvote.grants.mentors.photos import forget_photos_of_former
from pbvote.grants.network.answering import forget_answers
from pbvote.grants.network.ending import end_cards, forget_cards
from pbvote.grants.opportunities.service import forget_opportunities
from pbvote.grants.reminding.digests import forget_digests
from pbvote.grants.reports.retaining import forget_due
from pbvote.mail.service import forget_letters
from pbvote.partnership.engagement.consultations.forgetting import forget_consultation_answers
from pbvote.partnership.gatherings.forgetting import forget_sign_ups
from pbvote.partnership.meetings.questions import forget_questions
from pbvote.partnership.members.service import forget_former_members
from pbvote.partnership.subgroups.joining import forget_joiners
from pbvote.partnership.telling.subscribing import forget_subscribers
from pbvote.vote.day.requests import forget_requests
from pbvote.vote.door.keeping import DoorsForgotten, forget_doors
from pbvote.vote.passes.roll import forget_devices
from pbvote.vote.residents.reminders import forget_reminders
from pbvote.vote.residents.volunteers import forget_volunteers
from pbvote.vote.stage.forgetting import forget_reasons

TIDIED: Final[tuple[Callable[[], object], ...]] = (
    forget_sheets,
    forget_devices,
    forget_requests,
    forget_reasons,
    forget_reminders,
    forget_volunteers,
    forget_letters,
    forget_digests,
    forget_photos_of_former,
    forget_listings,
    end_cards,
    forget_cards,
    forget_answers,
    forget_former_members,
    forget_sign_ups,
    forget_opportunities,
    forget_questions,
    forget_subscribers,
    forget_joiners,
    forget_consultation_answers,
)
"""What deletes what is out of date and is told to nobody, in this order."""


@click.command("tidy")
@with_appcontext
def tidy_command() -> None:
    """Delete drafts, and bids that no contact has confirmed, 30 days after their round's close of bids.

    Whoever has a draft is written to a week before. Sheets that nobody confirmed go after a day. Phones and screens of
    an event, with the first names of its helpers, go after 30 days, and what residents asked for beforehand after 31;
    so does why a group did not come.
    An address for a reminder goes after 7 days unless it was confirmed, and 92 days after its event at the latest; who
    lends a hand goes after a year, and whose week was summed up after 8 weeks. The photo of an LP member goes once they
    are none, with the profile that they showed to everybody; a former member of a partnership goes after a year, and
    so does the name beside a question to a meeting; a question that nobody was shown goes after 92 days. What
    was typed as an answer to a consultation goes 92 days after its result, or a year after its close. What a funded
    group shows in the directory goes two years after its grant has ended. Needs and offers leave the walls after 8
    weeks, and go 92 days later; what somebody answered to one goes after 7 days unless it was confirmed, and else after
    92. What people need to take part in a gathering goes a week after it, and who signed a group up a year after; so do
    funding opportunities, a year after their last day. An address that wants to be told what a partnership does goes
    after 7 days unless it was confirmed, and the wait for an answer after a year. Whoever joined a sub-group goes with
    its end, after 7 days unless they confirmed, and after 31 where nobody rang. What an event’s door noted goes after
    `PBVOTE_DOOR_LIST_DAYS` (31), unless an organiser has paused it. Of grants that have ended goes what
    `pbvote retain` shows as due. Run it every day.
    """
    begin_write()
    written, drafts, forgotten = warn_writers(), forget_drafts(), forget_unconfirmed()
    for forget in TIDIED:
        forget()
    grants = forget_due()
    doors = forget_doors()
    note_command("tidy")
    db.session.commit()
    say(f"{written} {'letter' if written == 1 else 'letters'} about drafts written")
    say(f"{drafts} {'draft' if drafts == 1 else 'drafts'} deleted")
    say(f"{forgotten} unconfirmed {'bid' if forgotten == 1 else 'bids'} deleted")
    say(f"{grants} {'text or photo' if grants == 1 else 'texts and photos'} of ended grants deleted")
    _say_doors(doors)


def _say_doors(doors: DoorsForgotten) -> None:
    of = f"of {doors.events} {'door' if doors.events == 1 else 'doors'}"
    names, taps = f"{doors.names} {'name' if doors.names == 1 else 'names'}", f"{doors.taps} counted presses"
    say(f"{names} and {taps} {of} deleted")
    if doors.paused:
        say(f"{doors.paused} {'door' if doors.paused == 1 else 'doors'} kept: an organiser has paused the deletion")
