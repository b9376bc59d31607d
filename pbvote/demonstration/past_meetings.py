"""What four partnerships decided at their last six meetings, and what came of it."""

from dataclasses import dataclass
from typing import Final

from pbvote.partnership.meetings.actions.models import ActionState
from pbvote.partnership.meetings.items import SaidOfItem

_OPEN, _DONE, _STUCK = ActionState.OPEN, ActionState.DONE, ActionState.STUCK


@dataclass(frozen=True, slots=True)
class Promised:
    """An action of a past meeting."""

    what: str
    lead: str
    state: ActionState
    why: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """One item of a past meeting, what was decided, and an action."""

    item: SaidOfItem
    decided: str
    promised: Promised | None = None


PAST: Final = (
    Past(
        SaidOfItem("How residents want to hear from us", "Leaflets, a page, or both?", "The chair", 30),
        "Both. Agendas are out a week before, and one leaflet a year goes to every home.",
        Promised("Draft the leaflet with two residents", "Trafford Council", _DONE, "It went out in spring."),
    ),
    Past(
        SaidOfItem("Dog mess in the parks", "Residents asked for more bins.", "Friends of the parks", 20),
        "Four bins more, where the friends of the parks mark them on a map.",
        Promised("Put up four bins", "Trafford Council", _DONE, "All four stand.", "four bins stand"),
    ),
    Past(
        SaidOfItem("Young people in the evening", "Where can they go after six?", "Greater Manchester Police", 40),
        "The youth club opens on a third evening for a year, and then we look again.",
        Promised("Find two volunteers for the third evening", "NHS Trafford", _DONE, "Three came forward."),
    ),
    Past(
        SaidOfItem("Speeding on the main road", "The figures of the last survey are among the papers.", "", 30),
        "Ask for a second survey in term time before anything is built.",
        Promised(
            "Survey the speed in term time",
            "Greater Manchester Police",
            _STUCK,
            "The counters are out on loan until summer.",
            "a week of figures",
        ),
    ),
    Past(
        SaidOfItem("A noticeboard that works", "The old one leaks.", "The ambassadors", 15),
        "Buy one with a lock. The library keeps the key.",
        Promised("Order the noticeboard", "Trafford Council", _OPEN, "", "it hangs by the library"),
    ),
    Past(
        SaidOfItem("The event: what went well", "Each of us says one thing.", "The chair", 30),
        "More chairs, a hearing loop at the front, and a slower running order.",
        Promised("Book a hall with a hearing loop", "Trafford Council", _OPEN),
    ),
)
