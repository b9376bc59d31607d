"""Reports as each group likes: told to the mentor, “Yes, that’s how it was”, and a page with figures."""

import datetime as dt

from playwright.sync_api import expect

from tests.browser.year.people import Contact, Home, Member, Officer
from tests.browser.year.town import BAND, GARDENERS, MENDERS, Bidding, Town

ASKED, LATER = dt.date(2027, 9, 1), dt.date(2028, 1, 31)
ASKED_TO_REPORT, REPORTED, CAME_BACK = dt.date(2027, 12, 14), dt.date(2028, 1, 24), dt.date(2028, 1, 31)
MOST_PRESSES, MOST_WORDS = 6, 60
PRESSED = [
    "Go on",
    "Accept the offer for Tubs for Lime Tree Road",
    "We accept",
    "Go on",
    "Tell us how it went : Tubs for Lime Tree Road",  # a link that looks like a button counts as one
    "Yes, that’s how it was",
]
"""What the gardeners press from the offer to the closing."""


def tell_it_to_the_mentor(marek: Member, home: Home) -> None:
    """The menders talk, and Marek writes. It is their report, and pays the visit that was due."""
    marek.follows_card(MENDERS)
    marek.follows("Their report")
    marek.types(happened="Each Monday somebody mended a lamp.", people="34", left_pence="0")
    marek.presses("Store the report")
    marek.reads("Thank you. It is their report now, and they can read it.")
    home.says("We have your report.", "We answer by 23 June 2027.")


def thank_and_close_the_menders(olivia: Officer, home: Home) -> None:
    """What they told was a visit, too: none is overdue. A thank-you by name, and nothing is left to do about them."""
    olivia.has_to_do("Thank 1 group for its report")
    olivia.sees_on_boards(
        "£5,590 £5,590 £0 £0 £5,590",
        "2 of 5 promises kept",
        funded_groups=3,
        green=3,
        reports_to_thank_for=1,
    )
    _thank(olivia, MENDERS)
    home.says("Thank you, Rita Shaw, for telling us what became of “Mend it on Mondays”. 34 people took part.")
    _close(olivia)
    home.says("Your project is finished, and there is nothing left to do. Thank you.")
    olivia.has_to_do()
    olivia.sees_on_boards("£5,590 £5,590 £0 £0 £5,590", "2 of 5 promises kept", funded_groups=3, green=3)


def give_the_band_more_time(town: Town, bert: Contact, home: Home, olivia: Officer) -> None:
    """The summer fair is rained off. The band asks in a sentence, and an officer presses once."""
    town.becomes(ASKED)
    bert.asks_for_a_link()
    bert.follows("We need more time")
    bert.types(words="The fair was rained off. We play at New Year.")
    bert.types_day("ends_on", LATER)
    bert.presses("Ask")
    olivia.begins("Answer 1 group that asks for a change")
    olivia.follows(BAND.group)
    olivia.reads("More time, until 31 January 2028", "We play at New Year.")
    olivia.chooses("Yes")
    olivia.types(answer="Of course. Enjoy it.")
    olivia.presses("Answer")
    home.says("Your project has time until 31 January 2028. Your report is due by 28 February 2028.")
    home.says("We said yes: “Of course. Enjoy it.”", "By 31 January 2028.")
    olivia.has_to_do()


def say_that_it_was_so(town: Town, gail: Contact, home: Home, olivia: Officer) -> None:
    """The mentor's visit tells it all: the gardeners press one button, and have written next to nothing all year."""
    town.becomes(ASKED_TO_REPORT)
    olivia.has_to_do()
    gail.opens_letter("Your report on Tubs for Lime Tree Road")
    gail.follows("Tell us how it went")
    gail.reads("Ten tubs bloom by the bus stop.")
    gail.presses("Yes, that’s how it was")
    gail.reads("Thank you. We have your report, and answer by")
    home.says("You said that your mentor’s visit tells it all.")
    olivia.has_to_do("Thank 1 group for its report")
    _thank(olivia, GARDENERS)
    home.says("Thank you, Gail Reed, for telling us")
    _close(olivia)
    home.says("Your project is finished, and there is nothing left to do. Thank you.")
    assert gail.pressed == PRESSED
    assert len(PRESSED) <= MOST_PRESSES
    assert 0 < gail.words <= MOST_WORDS
    olivia.sees_on_boards("£5,590 £5,590 £0 £0 £5,590", "2 of 5 promises kept", funded_groups=3, green=3)


def write_a_page_with_figures(town: Town, bert: Contact, home: Home, olivia: Officer) -> None:
    """The band reports before it is asked to. Its page adds up: £180 is left, and it would rather send that back."""
    town.becomes(REPORTED)
    bert.asks_for_a_link()
    bert.follows("Tell us how it went")
    bert.types(happened="Twelve pupils played at New Year.", people="12")
    bert.types(spent_1="2,900", spent_2="650", spent_3="170", left_pence="180")
    bert.types(why_no_receipt="Our treasurer keeps them.")
    bert.chooses("Send it back", "You may quote us")
    bert.presses("Send the report")
    bert.reads("£180 is left. You would like to send it back.")
    olivia.has_to_do("Thank 1 group for its report", "Agree what becomes of money that 1 group has left")
    _thank(olivia, BAND)
    olivia.presses("Agree")
    home.says("Please send back what is left.", "12 people took part.")
    assert town.letters_to(home.email)[0].subject == "About the £180 that is left"
    olivia.reads("£180 has not come back yet.")
    olivia.has_to_do()
    olivia.sees_on_boards("£5,590 £5,590 £0 £0 £5,590", "2 of 5 promises kept", funded_groups=3, green=3)


def take_back_what_is_left_and_close(town: Town, olivia: Officer, home: Home) -> None:
    """What the band sent back is noted. The last grant is closed, and nothing waits for anybody."""
    town.becomes(CAME_BACK)
    olivia.opens_award(BAND, "money")
    olivia.follows("Note money sent back")
    olivia.types(pence="180", why="The hire of the room cost less.")
    olivia.types_day("returned_on", CAME_BACK)
    olivia.presses("Save")
    home.says("You sent back £180.")
    expect(home.main).not_to_contain_text("Please send back what is left.")
    olivia.opens_award(BAND, "report")
    _close(olivia)
    home.says("Your project is finished, and there is nothing left to do. Thank you.")
    olivia.has_to_do()
    olivia.sees_on_boards("£5,590 £5,590 £0 £180 £5,410", "2 of 5 promises kept", funded_groups=3, green=3)


def _thank(olivia: Officer, bidding: Bidding) -> None:
    olivia.goes_to("/desk/reports/")
    olivia.follows(bidding.group)
    olivia.presses("Send the thank-you")
    olivia.reads("The group is thanked.")


def _close(olivia: Officer) -> None:
    olivia.chooses("I have looked at what they promised, and at what happened")
    olivia.presses("Close the grant")
    olivia.reads("The grant is closed. The group is thanked.")
