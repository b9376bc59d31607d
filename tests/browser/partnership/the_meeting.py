"""A meeting from its draft to the last of its actions."""

import datetime as dt
import re

from playwright.sync_api import expect

from tests.browser.partnership.people import Editor, OneMember, Resident
from tests.browser.year.town import Town
from tests.partnership.keeping import KEEP, PUBLIC

OUT, ASKED = dt.date(2027, 3, 11), dt.date(2027, 3, 12)
FIRST, MOVED = dt.date(2027, 3, 25), dt.date(2027, 4, 1)
"""In between, the clocks go forward."""
DUE = dt.date(2027, 6, 1)
FEED, CALENDAR = "meetings", f"{PUBLIC}/meetings.ics"
LIGHTS, RESIDENTS = "Lights on the path", "What residents ask"
QUESTION, ANSWER = "Who pays for the lamps?", "The council does, out of the ward’s budget."
DECIDED = "Lamps by the bridge first."
PRICE, LEAFLET = "Ask for a price", "Print a leaflet"


def draft_in_secret(marek: Editor, nia: OneMember, ann: Resident) -> None:
    """Nobody but an editor finds a draft, nor an agenda that is still to come out."""
    marek.opens("meetings/new")
    marek.types_hours("held_on", FIRST, starts="7pm", ends="9pm", place="Sale Waterside")
    marek.presses("Save it as a draft")
    for item in (LIGHTS, RESIDENTS):
        marek.follows("Add an item")
        marek.types(title=item)
        marek.presses("Put it on the agenda")
    marek.chooses("At an hour to come")
    marek.types_hours("out_on", OUT, out_at="9am")
    marek.presses("Publish it")
    marek.reads("The agenda comes out on Thursday 11 March 2027 at 9am.")
    _is_secret(ann)
    for path in (f"{PUBLIC}/meetings/1", f"{PUBLIC}/meetings/1.ics", f"{KEEP}/meetings/1"):
        nia.goes_to(path)
        expect(nia.page.locator("main")).not_to_contain_text(LIGHTS)


def _is_secret(ann: Resident) -> None:
    for part in ("", "meetings"):
        ann.opens(part)
        ann.does_not_read("25 March", "Next meeting")
    ann.opens("meetings/1")
    ann.does_not_read(LIGHTS)
    assert ann.calendar(CALENDAR) == {}
    assert ann.feed(FEED) == {}


def come_out_by_the_clock(town: Town, ann: Resident) -> None:
    """A minute before nine it is a secret, and a minute after it everybody can read it."""
    town.is_now(OUT, 8, 59)
    _is_secret(ann)
    town.is_now(OUT, 9, 1)
    ann.opens()
    ann.reads("Next meeting: Thursday 25 March 2027, 7pm, agenda out on 11 March 2027")
    ann.follows("Thursday 25 March 2027, 7pm")
    ann.reads(LIGHTS, RESIDENTS, "The agenda was out on 11 March 2027, 10 working days ahead.")
    [entry] = ann.calendar(CALENDAR).values()
    assert (entry["dtstart"].dt.astimezone(dt.UTC).hour, entry["sequence"]) == (19, 0)
    assert len(ann.feed(FEED)) == 1


def ask_and_answer(town: Town, marek: Editor, ann: Resident) -> None:
    """A resident asks about an item. An editor reads it first, and puts the answer under it."""
    ann.follows("Ask about this")
    ann.types(words=QUESTION, name="Ann Bee")
    ann.presses("Send my question")
    ann.reads("We have your question")
    ann.opens("meetings/1")
    ann.does_not_read(QUESTION)
    town.becomes(ASKED)
    marek.opens("meetings/1")
    marek.reads("To read")
    marek.follows(QUESTION)
    marek.types(answer=ANSWER)
    marek.presses("Show question and answer")
    ann.opens("meetings/1")
    ann.reads("Ann Bee asked on 11 March 2027:", QUESTION, "Answered on 12 March 2027:", ANSWER)


def move_into_the_summer(marek: Editor, ann: Resident) -> None:
    """It moves over the change of the clocks. The page says so; calendar and feed know it by the ids that it had."""
    [uid], news = ann.calendar(CALENDAR), ann.feed(FEED)
    marek.opens("meetings/1", "Change day and place")
    marek.types_day("held_on", MOVED)
    marek.presses("Save")
    ann.opens("meetings/1")
    ann.reads("It has moved.", "It was to be on 25 March 2027", "Thursday 1 April 2027, 7pm to 9pm")
    after = ann.calendar(CALENDAR)[uid]
    assert (after["dtstart"].dt.astimezone(dt.UTC).hour, after["sequence"]) == (18, 1)
    assert ann.feed(FEED).keys() == news.keys()


def hold_it(town: Town, marek: Editor, nia: OneMember, ann: Resident) -> None:
    """While it runs the page says so. Marek writes it up on his phone, item by item; members read it first."""
    town.becomes(MOVED, 19, 30)
    ann.opens()
    ann.reads("Now: Partnership meeting, until 9pm at Sale Waterside")
    marek.opens("meetings/1", "Write up the meeting")
    marek.reads("Item 1 of 2")
    box = marek.page.locator("[name=decided]")
    box.press_sequentially(DECIDED)
    expect(marek.page.get_by_text("Saved", exact=True)).to_be_visible()
    marek.page.reload()  # a battery that dies loses nothing
    expect(box).to_have_value(DECIDED)
    for what in (PRICE, LEAFLET):
        marek.types(what=what)
        marek.page.locator("[name=lead_member]").select_option("Nia Price, Trafford Council")
        marek.types_day("due_on", DUE)
        marek.presses("Save and go on")
    marek.presses("Save and go on")
    marek.reads("Item 2 of 2")
    marek.presses("Save")
    town.is_now(MOVED, 21, 5)
    marek.opens("meetings/1")
    marek.presses("The meeting has ended")
    marek.presses("Show the minutes to members")
    nia.goes_to(f"{KEEP}/meetings/1/minutes")
    nia.reads(DECIDED)
    for part in ("", "meetings/1", "actions"):
        ann.opens(part)
        ann.does_not_read(DECIDED, PRICE)


def agree_the_minutes(marek: Editor, ann: Resident) -> None:
    """Then everybody reads what was decided, and who does what by when: on the page, in the feed, and on paper."""
    marek.opens("meetings/1")
    marek.presses("The minutes are agreed")
    ann.opens("meetings/1")
    ann.reads(DECIDED, PRICE, "Nia Price (Community Ambassador), Trafford Council, by 1 June 2027")
    paper = ann.prints()
    assert paper.index(LIGHTS) < paper.index(QUESTION) < paper.index(ANSWER) < paper.index(DECIDED)
    assert "Ask about this" not in paper
    assert any("inutes" in title for title in ann.feed(FEED).values())
    ann.opens()
    ann.reads(PRICE, LEAFLET)


def look_at_the_actions(town: Town, marek: Editor, ann: Resident) -> None:
    """One is done, one is stuck, and everybody reads why."""
    town.becomes(DUE)
    for what, state, why in ((PRICE, "Done", "£900 for four lamps."), (LEAFLET, "Stuck", "The printer is ill.")):
        marek.opens("actions", what)
        marek.chooses(state)
        marek.types(why=why)
        marek.presses("Save as looked at today")
        marek.reads("Saved, as looked at today.")
    ann.opens("actions")
    for what, said in ((PRICE, "Done £900 for four lamps."), (LEAFLET, "Stuck The printer is ill.")):
        line = ann.main.get_by_role("listitem").filter(has_text=what)
        expect(line).to_contain_text(re.compile(r"\s+".join(map(re.escape, said.split()))))
    ann.opens()
    ann.does_not_read(PRICE)
    ann.reads(LEAFLET)
