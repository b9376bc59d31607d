"""The council decides, everybody hears together, and a group's no goes on to the next in line."""

import datetime as dt

from playwright.sync_api import expect

from tests.browser.year.people import Contact, Home, Officer, Reader
from tests.browser.year.town import BAND, CHESS, GARDENERS, MENDERS, WALKERS, Bidding, Town

DECIDED, ANSWERED, OFFERED_ON = dt.date(2027, 3, 15), dt.date(2027, 3, 16), dt.date(2027, 3, 17)


def read_and_send_them_together(town: Town, olivia: Officer) -> None:
    """The decision is written down, each letter is read, and nobody hears before ten minutes have passed."""
    town.becomes(DECIDED)
    olivia.has_to_do("Make the awards of Sale decides")
    olivia.follows("Make the awards of Sale decides")
    olivia.types_day("decided_on", DECIDED)
    olivia.types(decided_by="The Executive", reason="The council follows the residents’ vote.", interests="None")
    olivia.presses("Save and read the letters")
    olivia.has_to_do("Send the letters about Sale decides")
    olivia.follows("Send the letters about Sale decides")
    olivia.follows("Read the letters and send them")
    olivia.reads("3, £5,740 together", "Ring Olivia Marsh on 0161 496 0123.")
    for bidding, words in (
        (BAND, "Your bid got 30 points, the most in Sale."),
        (WALKERS, "That is place 2 of 5 in Sale."),
        (GARDENERS, "a photo and two sentences, or only your mentor’s visit"),
        (MENDERS, "When its turn came, £260 was left in Sale. You asked for £1,450."),
        (CHESS, "Ask the Lottery’s Awards for All."),
    ):
        letter = olivia.page.locator(".planned-letter", has_text=bidding.title)
        expect(letter).to_contain_text(f"{bidding.contact}, {bidding.email}")
        expect(letter).to_contain_text(words)
    olivia.presses("Send 5 letters")
    olivia.reads("Until then no group knows")
    assert not letters_about_awards(town, GARDENERS)
    town.is_now(DECIDED, 9, 41)
    for bidding in (BAND, WALKERS, GARDENERS):
        assert letters_about_awards(town, bidding) == [f"Your grant: £{bidding.ask // 100:,}"]
    for bidding in (MENDERS, CHESS):
        assert [subject for subject in letters_about_awards(town, bidding) if "About your bid" in subject]
    olivia.has_to_do()
    olivia.sees_on_boards("£5,740 £0 £5,740 £0 £0", "", funded_groups=3, green=3, money_to_pay=3)


def letters_about_awards(town: Town, bidding: Bidding) -> list[str]:
    """The subjects of what a group has got since the decision, newest first."""
    since = dt.datetime.combine(DECIDED, dt.time(), dt.UTC)
    return [letter.subject for letter in town.letters_to(bidding.email) if letter.written_at >= since]


def accept_on_one_page(town: Town, gail: Contact, home: Home) -> None:
    """The gardeners read one page, tick one box and press one button."""
    town.becomes(ANSWERED)
    home.says("Offered", "£240")
    gail.opens_letter()
    gail.presses("Accept the offer for Tubs for Lime Tree Road")
    gail.reads("We plant ten tubs by the bus stop.", "to spend by 30 November 2027", "One promise is enough.")
    gail.types(role="Treasurer")
    gail.chooses("We accept the award and agree to these six sentences")
    gail.presses("We accept")
    gail.reads("Thank you. You have accepted.", "Gail Reed, Treasurer, accepted on 16 March 2027")
    home.says("Accepted", "You accepted. The council sends you the agreement to sign.", "By 30 November 2027.")


def accept_by_two(town: Town, bert: Contact, home: Home) -> None:
    """The band's award is large: a second person reads the same, and confirms from another browser."""
    bert.opens_letter()
    bert.presses("Accept the offer for Brass for beginners")
    bert.types(second_name="Sue Park", second_email="sue@group.example")
    bert.chooses("We accept the award and agree to these six sentences")
    bert.presses("We accept")
    home.says("Sue Park is still to confirm.")
    sue = Reader(town, "sue@group.example")
    sue.follows_letter("/grant", "Show what was accepted")
    sue.reads("£3,900", "Twelve pupils play at the summer fair.", "Bert Hall, Contact, accepted")
    sue.presses("I confirm that we accept")
    home.says("Accepted", "You accepted. The council sends you the agreement to sign.")


def decline(wanda: Contact, home: Home, olivia: Officer) -> None:
    """The walkers can't do it. Their money is free again, in no total, and on Today."""
    wanda.opens_letter()
    wanda.unfolds("Decline it instead")
    wanda.presses("Decline the offer for A walk each week")
    home.says("You declined this offer.")
    olivia.has_to_do("£1,600 is free in Sale: decide", "Sign 2 agreements", "Find a mentor for 2 funded groups")
    olivia.sees_on_boards(
        "£4,140 £0 £4,140 £0 £0",
        "0 of 3 promises kept",
        funded_groups=2,
        green=2,
        without_a_mentor=2,
        money_to_pay=2,
    )


def offer_to_the_next_in_line(town: Town, olivia: Officer, rita: Contact, home: Home) -> None:
    """The menders lost two days ago. By the same votes they are next, and they accept."""
    town.becomes(OFFERED_ON)
    olivia.begins("£1,600 is free in Sale: decide")
    olivia.reads("B-04 Mend it on Mondays: £1,450")
    olivia.presses("Draft the offer to B-04")
    olivia.reads("By the same votes, your bid is the next in line.", "£150 of the declined money is left.")
    olivia.presses("Send 1 letter")
    town.is_now(OFFERED_ON, 9, 41)
    home.says("Offered", "£1,450")
    rita.opens_letter()
    rita.presses("Accept the offer for Mend it on Mondays")
    rita.reads("Make two promises, or up to five.")
    rita.chooses("We accept the award and agree to these six sentences")
    rita.presses("We accept")
    home.says("Accepted")
    olivia.has_to_do("Sign 3 agreements", "Find a mentor for 3 funded groups")
