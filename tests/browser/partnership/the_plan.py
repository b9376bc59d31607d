"""The locality plan: its stages, what is done and stuck, and the money under a priority."""

from tests.browser.partnership.people import Editor, Resident
from tests.browser.partnership.the_meeting import LEAFLET, PRICE

PRIORITY = "A lively town centre"
HERE = "Do it"


def begin_it(marek: Editor, ann: Resident) -> None:
    """Marek begins with the usual stages, says where they are, and puts a funded group under the priority."""
    ann.opens("plan")
    ann.reads("The partnership has not written its plan yet.")
    marek.opens("plan")
    marek.presses("Begin with these stages")
    marek.presses(f"We are here : {HERE}")
    marek.follows("Funded groups: put each under a priority")
    marek.page.get_by_label("Group 1", exact=False).select_option(PRIORITY)
    marek.presses("Save")
    ann.opens()
    ann.follows("plan")
    ann.reads("We are here", PRIORITY, "for 1 group", "Group 1")
    assert HERE in ann.main.locator("[aria-current=step]").inner_text()


def read_how_far_it_is(ann: Resident) -> None:
    """The actions of the meeting stand in the plan; one is done, one is stuck."""
    ann.opens("plan")
    ann.reads("1 of 2 actions are done", "1 done", "1 stuck", PRICE, LEAFLET)
    paper = ann.prints()
    assert paper.index(HERE) < paper.index(PRIORITY)
    ann.follows("1 stuck")
    ann.reads(LEAFLET)
    ann.does_not_read(PRICE)
