"""Three agreements and three payments: the large one is two people's."""

import datetime as dt

from tests.browser.conftest import follow
from tests.browser.year.people import Home, Officer
from tests.browser.year.town import BAND, GARDENERS, MENDERS, Bidding, Town

SIGNED, PAID, NOTED = dt.date(2027, 3, 18), dt.date(2027, 3, 24), dt.date(2027, 3, 25)


def sign_and_plan(town: Town, olivia: Officer, omar: Officer) -> None:
    """Whoever plans a payment has rung the group; above £2,000 another organiser confirms."""
    town.becomes(SIGNED)
    olivia.begins("Sign 3 agreements")
    for bidding in (BAND, GARDENERS, MENDERS):
        row = olivia.page.get_by_role("row").filter(has_text=bidding.title)
        follow(row.get_by_role("button", name="Agreement is signed"))
    olivia.has_to_do("Plan 3 payments", "Find a mentor for 3 funded groups")
    for bidding in (GARDENERS, MENDERS, BAND):
        _plan(olivia, bidding)
    olivia.reads("Another organiser confirms this within ten minutes.", "You ask to let finance pay £3,900")
    olivia.has_to_do(
        "You asked for a payment for Brass for beginners", "Plan 1 payment", "Find a mentor for 3 funded groups"
    )
    omar.begins("Confirm a payment for Brass for beginners")
    omar.reads("Olivia Marsh asks to let finance pay £3,900 on 24 March 2027")
    omar.presses("I have looked, and confirm")
    omar.reads("Olivia Marsh and Omar Khan", "The group reads: “The council plans to pay £3,900 on 24 March 2027.”")
    omar.has_to_do("Find a mentor for 3 funded groups")


def _plan(olivia: Officer, bidding: Bidding) -> None:
    olivia.opens_award(bidding, "money")
    olivia.follows("Note the call")
    olivia.types(rang_by="Nadia, payments", spoke_to=bidding.contact, role="contact")
    olivia.types_day("rang_on", SIGNED)
    olivia.presses("Save the call")
    olivia.follows("Plan a payment")
    olivia.types_day("planned_on", PAID)
    olivia.presses("Ask finance to pay")


def note_that_it_is_paid(town: Town, olivia: Officer, *homes: Home) -> None:
    """The day has passed, so Today asks what became of the payments; the groups read that they are paid."""
    town.becomes(NOTED)
    olivia.has_to_do("Note whether 3 payments were made")
    for home in homes:
        olivia.opens_award(home.bidding, "money")
        olivia.follows("Note what became of it")
        olivia.chooses("Finance has paid it")
        olivia.types_day("happened_on", PAID)
        olivia.presses("Save")
        home.says(f"The council paid £{home.bidding.ask // 100:,} on 24 March 2027.")
    olivia.has_to_do()
    olivia.sees_on_boards("£5,590 £5,590 £0 £0 £5,590", "1 of 5 promises kept", funded_groups=3, green=3)
