"""A gathering without a vote fills up; what one group gives back is offered to the next in line."""

import datetime as dt

from tests.browser.partnership.people import Editor, GroupsContact, Resident
from tests.browser.year.town import Town
from tests.partnership.gathering import email_of, own_page
from tests.partnership.keeping import PUBLIC

DAY, LAST_DAY = dt.date(2027, 4, 15), dt.date(2027, 4, 9)
PLACES = 10


def fill_up(town: Town, marek: Editor, ann: Resident) -> None:
    """Ten places: six and four are taken, three more stand in line until the four are given back."""
    marek.opens("gatherings/new")
    marek.types(title="Association of associations", purpose="Meet the groups next door.", venue="Sale Waterside")
    marek.types(places=str(PLACES), most_a_group="6")
    marek.types_hours("day", DAY, begins="6.30pm", ends="8.30pm")
    marek.types_day("sign_up_until", LAST_DAY)
    marek.presses("Save the draft")
    ann.opens("")
    ann.does_not_read("Association of associations")
    assert ann.calendar(f"{PUBLIC}/gatherings.ics") == {}
    marek.presses("Publish it")
    growers, singers, runners = (GroupsContact(town, email_of(group)) for group in ("Growers", "Singers", "Runners"))
    _signs_up(growers, "Growers", 6)
    _signs_up(singers, "Singers", 4)
    ann.opens()
    ann.follows("Association of associations")
    ann.reads("10 places.", "All are taken.", "2 groups, 10 people")
    _signs_up(runners, "Runners", 3, button="Stand in the line")
    runners.reads("You are 1st in line, for 3 places.")
    ann.page.reload()
    ann.reads("2 groups, 10 people")  # nobody in the line is counted
    singers.presses("Give our places back")
    [letter, *_] = town.letters_to(runners.email)
    assert "Association of associations" in letter.subject
    runners.goes_to(own_page(town.app, 1, "Runners"))
    runners.reads("3 places became free. We hold them for you until")
    runners.presses("Yes, we come")
    runners.reads("You are coming. You have 3 places.")
    ann.page.reload()
    ann.reads("10 places. 1 is still free.")
    [entry] = ann.calendar(f"{PUBLIC}/gatherings.ics").values()
    assert entry["dtstart"].dt.astimezone(dt.UTC).hour == 17  # 6.30pm in the summer


def _signs_up(group: GroupsContact, name: str, people: int, button: str = "Sign up") -> None:
    group.goes_to(own_page(group.council.app, 1, name))
    group.types(people=str(people))
    group.presses(button)
