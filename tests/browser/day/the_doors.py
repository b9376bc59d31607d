"""Before the doors and at them: what is printed, who is let in, who comes, and a steward's phone without a signal."""

from pathlib import Path

from tests.browser.day.desk import Organiser, code_on_card, codes_on_slips
from tests.browser.day.hall import CAME, SLIPS, Hall
from tests.browser.day.people import Compere, Screen, Steward

WITHOUT_A_SIGNAL = 8
"""People whom Ben counts in the hall's dead corner."""
FIVE_MINUTES = 300  # seconds
BY_BEN = 3 + WITHOUT_A_SIGNAL
BY_ANNA = CAME - BY_BEN


def print_slips_and_cards(hall: Hall, olivia: Organiser, folder: Path) -> None:
    """Two envelopes of slips, a pass of each kind, and a card for the witness."""
    olivia.opens("/slips")
    olivia.page.locator("main input[name=number]").fill(str(SLIPS))
    hall.codes = codes_on_slips(olivia.downloads("Make the slips"), folder)
    assert len(set(hall.codes)) == SLIPS
    olivia.opens("/passes")
    for kind in ("steward", "compere"):
        hall.passes[kind] = code_on_card(olivia.downloads(f"Print the {kind}’s pass"), folder)
    olivia.opens("/witnesses")
    olivia.page.locator("main input[name=name]").fill("Wanda Wright")
    hall.passes["witness"] = code_on_card(olivia.downloads("Make the card as a PDF"), folder)


def let_helpers_in(omar: Organiser, anna: Steward, ben: Steward, cora: Compere, screen: Screen) -> None:
    """All four ask, and an organiser who knows them lets them in; then their pages open by themselves."""
    omar.lets_in(anna.name, ben.name, cora.name, "")
    for helper in (anna, ben, cora):
        helper.comes_in()
    screen.starts()
    screen.shows("welcome")


def open_the_doors(olivia: Organiser, anna: Steward, ben: Steward) -> None:
    """Each steward opens an envelope, and counts whoever gets a slip of it. Their phones add up."""
    anna.opens_envelope(1)
    ben.opens_envelope(2)
    anna.counts(12)
    ben.counts(3)
    ben.counts(1, "guest")
    for steward in (anna, ben):
        steward.keeps(0)
    for steward in (anna, ben):
        steward.shows(15)
    olivia.opens()
    olivia.says_of_door(15)
    olivia.misses_no_phone()


def lose_a_stewards_signal_for_five_minutes(hall: Hall, olivia: Organiser, anna: Steward, ben: Steward) -> None:
    """Both go on counting. What Ben counts stays on his phone, and the console says that it may miss something."""
    ben.has_signal(False)
    ben.counts(WITHOUT_A_SIGNAL + 1)
    ben.takes_one_back()
    ben.keeps(WITHOUT_A_SIGNAL + 2)
    hall.let_pass(FIVE_MINUTES)
    ben.waits(FIVE_MINUTES)
    anna.counts(BY_ANNA - 12)
    anna.keeps(0)
    anna.shows(BY_ANNA + 3)
    ben.keeps(WITHOUT_A_SIGNAL + 2)
    olivia.says_of_door(BY_ANNA + 3)
    olivia.misses_a_phone("Ben")


def find_the_signal_again(olivia: Organiser, anna: Steward, ben: Steward) -> None:
    """The first answer is lost on its way, so Ben's phone sends all of it twice. Everybody was counted once."""
    ben.loses_the_first_answer()
    ben.keeps(0)
    for steward in (anna, ben):
        steward.shows(CAME)
    olivia.says_of_door(CAME)
    olivia.misses_no_phone()
