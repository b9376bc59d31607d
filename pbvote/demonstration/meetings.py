"""The four partnerships meet: six meetings are minuted, one has its agenda out, one is a draft."""

import datetime as dt
from typing import Final

from pbvote.core.clock import now, today, uk_moment
from pbvote.core.working_days import working_days_after
from pbvote.db import db
from pbvote.demonstration.past_meetings import PAST, Past
from pbvote.demonstration.pictures import PICTURES
from pbvote.files.pictures import read_photo
from pbvote.localities.models import Locality
from pbvote.localities.service import locality_called
from pbvote.partnership.meetings.actions.service import SaidOfAction, add_action, stand_at_first
from pbvote.partnership.meetings.items import SaidOfItem, add_item
from pbvote.partnership.meetings.models import Meeting, MeetingState
from pbvote.partnership.meetings.papers import add_paper
from pbvote.partnership.meetings.questions import answer_question, ask_question, questions_of, show_question
from pbvote.partnership.meetings.reading import meeting_of
from pbvote.partnership.meetings.service import SaidOfMeeting, draft_meeting, publish_agenda
from pbvote.people.models import Account

_PLACES: Final = {
    "old-trafford-stretford": ("Stretford Town Hall, Talbot Road", "The side door on Talbot Road has no step."),
    "urmston-partington": ("Urmston Library, Crofts Bank Road", "Ring at the side door after 6pm. There is a lift."),
    "sale": ("Sale Waterside, 1 Waterside Plaza", "The tram stops across the bridge. There is a lift."),
    "south-trafford": ("Altrincham Town Hall, Market Street", "The door on the square is wide and has no step."),
}
_TO_COME: Final = (
    SaidOfItem("Welcome, and what became of last time’s actions", "", "The chair", 10),
    SaidOfItem(
        "How the funded groups are doing",
        "Each mentor says in a minute what went well, and what a group could use.",
        "The mentors",
        30,
    ),
    SaidOfItem(
        "Lights on the path to the tram",
        "The path is dark from four o’clock in winter. The council asks which part should be lit first.",
        "The council’s highways team",
        25,
    ),
    SaidOfItem("What residents ask", "Anything on your mind.", "", 20),
)
_LATER: Final = SaidOfItem("How we shared out the grants, and what to do better", "", "The chair", 40)


def hold_meetings(organiser: Account) -> None:
    """Meetings of each partnership."""
    for slug in _PLACES:
        locality = locality_called(slug)
        if locality:
            for number, past in enumerate(PAST):
                _past(locality, past, len(PAST) - number, organiser)
            _agenda_out(locality, organiser)
            _draft(locality, working_days_after(today(), 34), _LATER, organiser)


def _draft(locality: Locality, day: dt.date, item: SaidOfItem, organiser: Account) -> Meeting:
    place, access = _PLACES[locality.slug]
    hours = (uk_moment(day, dt.time(19)), uk_moment(day, dt.time(21)))
    meeting = draft_meeting(locality, SaidOfMeeting("Partnership meeting", *hours, place, access), organiser)
    return _with_item(locality, meeting, item, organiser)


def _with_item(locality: Locality, meeting: Meeting, item: SaidOfItem, organiser: Account) -> Meeting:
    whole = meeting_of(locality, meeting.id) or meeting
    add_item(whole, item, organiser)
    db.session.expire(whole)
    return meeting_of(locality, meeting.id) or meeting


def _past(locality: Locality, past: Past, months_ago: int, organiser: Account) -> None:
    """A meeting so many months ago. The last one's minutes are in draft."""
    day = working_days_after(today() - dt.timedelta(days=30 * months_ago), 1)
    meeting = _draft(locality, day, past.item, organiser)
    ahead = 2 if months_ago == 3 else 6
    meeting.published_at = uk_moment(working_days_after(day, -ahead), dt.time(9))
    meeting.held_at, item = meeting.ends_at, meeting.items[0]
    meeting.state, item.decided, item.added_at = MeetingState.MINUTES, past.decided, meeting.published_at
    if months_ago > 1:
        meeting.state, meeting.agreed_at = MeetingState.AGREED, meeting.ends_at + dt.timedelta(days=30)
    if promised := past.promised:
        due_on = day + dt.timedelta(days=60)
        said = SaidOfAction(promised.what, promised.measure, promised.lead, None, due_on)
        action = add_action(locality, said, organiser, meeting, item)
        stand_at_first(action, promised.state, promised.why, min(today(), due_on) - dt.timedelta(days=9))
    db.session.flush()


def _agenda_out(locality: Locality, organiser: Account) -> None:
    meeting = _draft(locality, working_days_after(today(), 4), _TO_COME[0], organiser)
    for item in _TO_COME[1:]:
        add_item(meeting, item, organiser)
    db.session.expire(meeting)
    meeting = meeting_of(locality, meeting.id) or meeting
    publish_agenda(meeting, now(), meeting.version, organiser)
    meeting = meeting_of(locality, meeting.id) or meeting
    out_at = uk_moment(working_days_after(today(), -3), dt.time(9))
    meeting.published_at = out_at
    if locality.slug == "old-trafford-stretford":
        _put_paper(meeting, organiser)
        meeting = meeting_of(locality, meeting.id) or meeting
    for listed in meeting.items:
        listed.added_at = out_at
    for paper in meeting.papers:
        paper.added_at = out_at
    _ask(meeting, organiser)


def _put_paper(meeting: Meeting, organiser: Account) -> None:
    """A picture, out with the agenda."""
    drawn = read_photo(PICTURES["Bikes for everyone"].drawn(), "path.png")
    add_paper(meeting, "The path as we would like it", drawn, organiser)
    db.session.expire(meeting, ["papers"])


def _ask(meeting: Meeting, organiser: Account) -> None:
    """Two questions are answered or wait for the meeting, and one waits for an editor."""
    lights = meeting.items[2]
    ask_question(meeting, lights, "Could the lights be dimmed after eleven? The bedrooms face the path.", "Sheila")
    ask_question(meeting, lights, "Who pays for the lights once they are there?", "")
    ask_question(meeting, meeting.items[1], "What became of the grant for the choir?", "Yusuf")
    first, second = questions_of(meeting)[lights.id]
    answer_question(first, "Yes. The lamps can be set to half after 11pm, and the team will try that.", 1, organiser)
    show_question(second, 1, organiser)
