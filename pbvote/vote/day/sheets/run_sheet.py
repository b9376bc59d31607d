"""The run sheet: hour by hour who does what, with boxes to tick and lines to write on."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pbvote.core.clock import UK
from pbvote.core.timetable import Timetable
from pbvote.filters import day, hour, hours
from pbvote.printing.document import blank_document
from pbvote.printing.flow import MARGIN, WIDTH, Flow
from pbvote.printing.words import paragraph_height, write_line, write_paragraph
from pbvote.vote.events.day import AnnouncementOrder
from pbvote.vote.events.models import Event
from pbvote.vote.events.times import times_of
from pbvote.vote.events.words import rule_for_latecomers, who_may_vote

_TIME: Final = 20.0  # mm
_WHO: Final = 34.0
_BOX: Final = 4.0
_SIZE: Final = 10.5  # points
_WITNESS: Final = "Look at the account of the slips. Confirm the count, and read the seal aloud."
_BOX_OUT: Final = "Empty the box before a witness."
_WORDS: Final = WIDTH - _TIME - _WHO - _BOX - 6
_ORDERS: Final = {
    AnnouncementOrder.BOTTOM_UP: "the last first",
    AnnouncementOrder.TOP_DOWN: "the winners first",
    AnnouncementOrder.AS_ON_THE_BALLOT: "in the order of the ballot",
}


@dataclass(frozen=True)
class RunLine:
    """A line of the sheet."""

    at: str
    who: str
    what: str


def run_sheet(event: Event, _language: str) -> bytes:
    """The sheet as a PDF, as many pages as the groups need."""
    pdf = blank_document(f"Run sheet of {event.name}")
    flow = Flow(pdf)
    flow.heading(event.name, 22)
    flow.paragraph(f"{hours(event.starts_at, event.ends_at)}, {event.place}", font="latin-bold")
    flow.paragraph(f"Who may vote: {who_may_vote(event.share)} {rule_for_latecomers(event)}")
    flow.paragraph(f"If something fails, ring: {event.day.help_phone or '.' * 60}")
    flow.blanks(("Organiser, telephone", "Compere, telephone", "The hall, telephone"), 9)
    flow.y += 2
    for line in lines_of(event):
        _draw(flow, line)
    flow.number_pages(event.name)
    return bytes(pdf.output())


def lines_of(event: Event) -> list[RunLine]:
    """What happens, in order of time."""
    times = times_of(event)
    return list(_of_meeting(event, times) if times else _of_days(event))


def _of_meeting(event: Event, times: Timetable) -> Iterator[RunLine]:
    before = times.doors_at - dt.timedelta(hours=1)
    yield RunLine(hour(before), "Everybody", "Set up the hall: screen, tablets, signs, tables, the box.")
    yield RunLine(hour(before), "Organiser", "Try the network, print one page, sign in, show the screen.")
    yield RunLine(hour(before), "Organiser", "Give out the cards. Show a witness that the box is empty.")
    yield RunLine(hour(times.doors_at), "Stewards", "Doors open. Open the first envelope. One slip for each person.")
    yield RunLine(hour(times.starts_at), "Compere", "Welcome. Say how to vote and when it is too late to get a slip.")
    groups = {slot.number: slot.bid.called for slot in event.running_order}
    for turn in times.turns:
        until = f"until {hour(turn.ends_at)}"
        yield RunLine(hour(turn.begins_at), "Compere", f"{turn.number}. {groups[turn.number]}, {until}")
    yield RunLine(hour(times.votes_at), "Organiser", "Open voting. Compere: say that everybody can vote now.")
    yield RunLine(hour(times.last_call_at), "Compere", "Last call: “Who has not voted yet?” Stewards look for hands.")
    yield RunLine(hour(times.closes_at), "Organiser", f"Close voting. {_BOX_OUT}")
    yield RunLine(hour(times.closes_at), "Organisers", "Type the papers in, read them back, count the slips left.")
    yield RunLine(
        hour(times.closes_at),
        "Witness",
        _WITNESS,
    )
    yield RunLine(hour(times.result_at), "Compere", f"Announce the result, {_ORDERS[event.day.announcement]}.")
    yield RunLine(hour(times.ends_at), "Everybody", "End. Collect all cards and slips. Lock away the box.")


def _of_days(event: Event) -> Iterator[RunLine]:
    yield RunLine(day(event.starts_at), "Organiser", f"Open voting at {hour(event.starts_at)}. Show the empty box.")
    first, last = (moment.astimezone(UK).date() for moment in (event.starts_at, event.ends_at))
    for number in range((last - first).days + 1):
        on = first + dt.timedelta(days=number)
        yield RunLine(day(on), "Stewards", "Count the slips given out, and lock the box away in the evening.")
    yield RunLine(day(event.ends_at), "Organiser", f"Close voting at {hour(event.ends_at)}. {_BOX_OUT}")
    yield RunLine(day(event.ends_at), "Witness", _WITNESS)


def _draw(flow: Flow, line: RunLine) -> None:
    """A box to tick, the time, who does it, and what."""
    tall = max(paragraph_height(flow.pdf, "latin", _SIZE, line.what, _WORDS), 6)
    flow.need(tall + 3)
    flow.pdf.set_draw_color(0)
    flow.pdf.set_line_width(0.3)
    flow.pdf.rect(MARGIN, flow.y + 0.8, _BOX, _BOX)
    left = MARGIN + _BOX + 3
    write_line(flow.pdf, "latin-bold", _SIZE, line.at, left, flow.y, _TIME)
    write_line(flow.pdf, "latin", _SIZE, line.who, left + _TIME + 1, flow.y, _WHO - 4)
    write_paragraph(flow.pdf, "latin", _SIZE, line.what, left + _TIME + _WHO - 2, flow.y, _WORDS)
    flow.y += tall + 1
    flow.pdf.set_draw_color(190)
    flow.pdf.set_line_width(0.1)
    flow.pdf.line(MARGIN, flow.y, MARGIN + WIDTH, flow.y)
    flow.y += 1.2
