"""Mentors are introduced, and five check-ins tell how the groups are doing."""

import datetime as dt

from playwright.sync_api import expect

from tests.browser.groups import a_photo, is_kept
from tests.browser.year.people import GROUPS, Home, Member, Officer
from tests.browser.year.town import BAND, GARDENERS, MENDERS, Town

INTRODUCED, PLANNED = dt.date(2027, 3, 22), dt.date(2027, 4, 14)
OFFLINE, READ = dt.date(2027, 3, 23), dt.date(2027, 3, 24)
GATHERED, WORRIED, ANSWERED = dt.date(2027, 4, 28), dt.date(2027, 6, 9), dt.date(2027, 6, 10)
MOST_TAPS = 4
MAREK, NIA = "Marek Nowak", "Nia Price"
CONCERN = "Cash is kept at home by one person."


def introduce(town: Town, olivia: Officer, homes: dict[str, list[Home]]) -> None:
    """Whoever is chosen and the group read of each other."""
    town.becomes(INTRODUCED)
    olivia.has_to_do("Find a mentor for 3 funded groups")
    for mentor, theirs in homes.items():
        for home in theirs:
            olivia.opens_group(home.bidding)
            olivia.chooses(mentor)
            olivia.types_day("next_on", PLANNED)
            olivia.presses("Save the mentor")
            home.says(f"Your mentor is {mentor}", "0161 496 0177")
            email = f"{mentor.partition(' ')[0].lower()}@partnership.example"
            [to_mentor, *_], [to_group, *_] = town.letters_to(email), town.letters_to(home.email)
            assert to_mentor.subject == f"You are the mentor of {home.bidding.group}"
            assert f"{home.bidding.contact}, 0161 496 0101, {home.email}" in to_mentor.body
            assert to_group.subject == f"Your mentor is {mentor}"
            assert "The next visit is planned by 14 April 2027." in to_group.body
    olivia.has_to_do()
    olivia.sees_on_boards("£5,590 £0 £5,590 £0 £0", "0 of 5 promises kept", funded_groups=3, green=3, money_to_pay=3)


def log_three_photos_without_a_signal(town: Town, nia: Member, home: Home, olivia: Officer) -> None:
    """In the band's cellar there is no signal. What Nia saves waits on her phone, photos too, and is sent once."""
    town.becomes(OFFLINE)
    nia.opens_letter(BAND.group)
    nia.reads("Log a check-in", "Twelve pupils play at the summer fair.")
    nia.goes_to(GROUPS)
    is_kept(nia.page, GROUPS, str(nia.card(BAND).get_attribute("data-form")))
    nia.page.context.set_offline(True)
    nia.opens_form(BAND)
    nia.is_ready()
    nia.chooses("Going well")
    nia.types(words="Eight instruments have come.")
    nia.unfolds("Photos")
    nia.page.locator("input[type=file]").set_input_files([a_photo(f"{number}.jpg", 800) for number in range(3)])
    expect(nia.page.get_by_text("Photo 3: 2.jpg")).to_be_visible()
    nia.chooses("Everybody in the photos agrees, and the parents of children")
    nia.unfolds("Tick the promises that they have kept")
    nia.chooses("We buy eight instruments. (by 30 November 2027)")
    nia.unfolds("Another day, a call")
    nia.types_day("next_on", WORRIED)
    nia.saves()
    expect(nia.card(BAND)).to_contain_text("3 of 3 photos waiting")
    olivia.opens_group(BAND)
    olivia.reads("No check-in yet")
    nia.page.context.set_offline(False)
    expect(nia.card(BAND)).not_to_contain_text("waiting")
    town.becomes(READ, 18)
    home.tells_of_visits("Nia Price wrote", "Eight instruments have come.", photos=3)


def not_reach_them(town: Town, marek: Member, home: Home, olivia: Officer) -> None:
    """Marek stands before a closed door. From the mailed link that is four taps, the next visit among them."""
    town.becomes(PLANNED)
    marek.opens_letter(GARDENERS.group)
    marek.is_ready()
    marek.chooses("I tried and could not reach them", "In 2 weeks")
    marek.saves()
    assert (marek.pressed, marek.chosen) == (["Go on", "Save the check-in"], ["standing", "next_visit"])
    assert len(marek.pressed + marek.chosen) <= MOST_TAPS
    expect(marek.card(GARDENERS)).to_contain_text("Not reached last time")
    expect(marek.card(GARDENERS)).to_contain_text("28 April 2027")
    olivia.has_to_do()
    olivia.sees_on_boards(
        "£5,590 £5,590 £0 £0 £5,590",
        "1 of 5 promises kept",
        funded_groups=3,
        green=3,
        due_this_month=2,
    )


def meet_two_groups_at_once(town: Town, marek: Member, gardeners: Home, menders: Home, olivia: Officer) -> None:
    """The menders' visit is late. At a street party Marek meets them and the gardeners, and writes one text."""
    town.becomes(GATHERED)
    gardeners.tells_of_visits("Marek Nowak tried to reach you")
    olivia.has_to_do("1 visit is overdue")
    olivia.sees_on_boards(
        "£5,590 £5,590 £0 £0 £5,590",
        "1 of 5 promises kept",
        funded_groups=3,
        amber=1,
        green=2,
        overdue=1,
        due_this_month=1,
    )
    marek.opens_letter(GARDENERS.group)
    marek.is_ready()
    marek.chooses("Going well", "In 6 weeks")
    marek.types(words="At the street party both were busy.")
    marek.unfolds("Another day, a call, what they could use, other groups")
    marek.chooses(MENDERS.group)
    marek.saves()
    for bidding in (GARDENERS, MENDERS):
        expect(marek.card(bidding)).to_contain_text("At the street party both were busy.")
        expect(marek.card(bidding)).to_contain_text("9 June 2027")
    olivia.has_to_do()
    town.becomes(GATHERED + dt.timedelta(days=1), 18)
    for home in (gardeners, menders):
        home.tells_of_visits("At the street party both were busy.")


def worry(town: Town, nia: Member, olivia: Officer) -> None:
    """What Nia saw makes the band red, and a task of one officer with a day."""
    town.becomes(WORRIED)
    nia.opens_letter(BAND.group)
    nia.is_ready()
    nia.chooses("I’m worried")
    nia.types(concern=CONCERN)
    nia.saves()
    expect(nia.main).to_contain_text("Olivia Marsh answers you by 16 June 2027.")
    assert (nia.pressed, nia.chosen) == (["Go on", "Save the check-in"], ["standing"])
    nia.goes_to("/my/board/sale")
    nia.reads("1 Red", "A worry waits for an answer from Olivia Marsh by 16 June 2027")
    assert town.letters_to(olivia.email)[0].subject == "A worry about Sale Youth Band"
    olivia.has_to_do("Answer the worry about Sale Youth Band")
    olivia.sees_on_boards(
        "£5,590 £5,590 £0 £0 £5,590",
        "1 of 5 promises kept",
        funded_groups=3,
        red=1,
        green=2,
        due_this_month=2,
    )


def see_the_promise_kept(marek: Member) -> None:
    """The fifth check-in: ten tubs stand by the bus stop, and no more visits are needed."""
    marek.opens_letter(GARDENERS.group)
    marek.is_ready()
    marek.chooses("Going well", "No more visits needed")
    marek.types(words="Ten tubs bloom by the bus stop.")
    marek.unfolds("Tick the promises that they have kept")
    marek.chooses("We plant ten tubs by the bus stop. (by 30 November 2027)")
    marek.saves()
    expect(marek.card(GARDENERS)).to_contain_text("Not planned")


def answer_the_worry(town: Town, olivia: Officer, nia: Member, home: Home) -> None:
    """Olivia's answer comes back to Nia. The group reads neither."""
    town.becomes(ANSWERED)
    olivia.begins("Answer the worry about Sale Youth Band")
    olivia.reads(CONCERN)
    olivia.types(answer="I rang them on Thursday. They open an account.")
    olivia.presses("Send the answer to Nia Price")
    nia.opens_letter("Your worry about Sale Youth Band")
    nia.reads("Olivia Marsh answered on 10 June 2027:", "I rang them on Thursday. They open an account.")
    home.tells_of_visits("Eight instruments have come.", photos=3)
    expect(home.main).not_to_contain_text(CONCERN)
