"""What the hall is shown: every group's turn, two people who press at once, and voting that opens before the hall."""

import re

from tests.browser.day.desk import Organiser
from tests.browser.day.hall import GROUPS
from tests.browser.day.people import Compere, Screen


def hear_every_group(cora: Compere, screen: Screen) -> None:
    """The compere calls up one after the other, and the screen follows."""
    for number in range(1, len(GROUPS)):
        cora.presses_here(f"Call up number {number}")
        screen.presents(number)
        cora.presses_here("Start the timer")


def press_too_late_and_take_over(omar: Organiser, cora: Compere, screen: Screen) -> None:
    """An organiser's console has not heard that the compere went on: it changes nothing, and one more press does."""
    last = len(GROUPS)
    omar.opens()
    omar.misses_what_others_do(True)
    cora.presses_here(f"Call up number {last}")
    screen.presents(last)
    omar.moves_the_screen(re.compile("^A break$"))
    omar.hears_that_nothing_changed("Cora’s phone")
    screen.presents(last)
    omar.misses_what_others_do(False)
    omar.opens()
    omar.moves_the_screen(re.compile("^A break$"))
    screen.shows("break")


def open_voting_at_once(olivia: Organiser, omar: Organiser, screen: Screen) -> None:
    """Both organisers have the page with the facts before them. The slower press hears who was quicker."""
    omar.opens("/open")
    olivia.takes_step("Open voting")
    omar.presses("Open voting")
    omar.hears_that_nothing_changed("Olivia Marsh opened voting")
    screen.shows("vote")
