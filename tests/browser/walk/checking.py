"""What officers do with bids: ask, stand aside, decide, call back, look again."""

import datetime as dt

from playwright.sync_api import expect

from pbvote.core.clock import today
from tests.browser.conftest import check_accessible
from tests.browser.walk.applying import BEANS, BELLS, CHESS, SONGS
from tests.browser.walk.desk import DECISIONS, Desk
from tests.browser.walk.people import Council
from tests.browser.walk.phone import ANSWER, LOOK_AGAIN, Phone


def ask_and_answer(omar: Desk, ann: Phone) -> None:
    """One question with a day; the answer comes through the mailed link."""
    day = today() + dt.timedelta(days=5)
    omar.opens(BELLS)
    omar.asks("On which evenings would the beginners come?", day)
    omar.reads("The question is on its way.", f"The group answers by {day.day} {day:%B %Y}.")
    ann.follows_letter(ANSWER, "Show the question")
    ann.reads("On which evenings would the beginners come?", f"Please answer by {day.day} {day:%B %Y}.")
    ann.types(words="On Tuesdays, with two of us.")
    ann.presses("Send my answer")
    ann.reads("We have your answer.")
    omar.opens(BELLS)
    omar.reads("On Tuesdays, with two of us.")


def keep_whoever_belongs_to_it_from_deciding(olivia: Desk) -> None:
    """Olivia rings there herself. She says so, and from then on decides nothing about that bid."""
    olivia.opens(BELLS)
    expect(olivia.page.get_by_role("button", name="Draft: to the vote")).to_be_visible()
    olivia.follows("Say that somebody belongs to it")
    olivia.page.locator("[name=account]").select_option("I do (Olivia Marsh)")
    olivia.types(what="rings the tenor")
    olivia.presses("Record it")
    olivia.reads("You belong to this group, so you don’t decide about its bid.")
    expect(olivia.page.get_by_role("button", name="Draft: to the vote")).to_have_count(0)
    olivia.ticks_on_the_board(BELLS)
    olivia.presses("Draft: to the vote")
    olivia.reads("No decision is drafted. B-01: You belong to this group, so somebody else decides about its bid.")


def decide_and_look_at_the_letters(council: Council, olivia: Desk, omar: Desk) -> None:
    """Olivia refuses one, Omar lets three in. Nothing is sent before both have looked at the letters."""
    olivia.opens(BEANS)
    olivia.refuses("The school has not agreed to it.", "Send us the head teacher’s letter.")
    omar.ticks_on_the_board(BELLS, SONGS, CHESS)
    omar.presses("Draft: to the vote")
    omar.reads("Drafts: 4")
    check_accessible(omar.page)
    bells, beans = (omar.letter_about(council.number_of(title)) for title in (BELLS, BEANS))
    expect(bells).to_contain_text("Dear Ann Smith,")
    songs = omar.letter_about(council.number_of(SONGS))
    expect(songs).to_contain_text("By post: Mary Brown, 0161 496 0100. Print this page before you send the decision.")
    expect(songs).to_contain_text("Dear Mary Brown,")
    expect(bells).to_contain_text(f"Good news: your bid “{BELLS}” (B-01) goes to the vote.")
    expect(beans).to_contain_text("The school has not agreed to it.")
    expect(beans).to_contain_text("Omar Khan will gladly talk it through with you. Ring 0161 496 0123.")
    olivia.goes_to(DECISIONS)
    expect(olivia.letter_about("B-01")).to_contain_text("Somebody else sends this")


def send_together_and_call_one_back(council: Council, omar: Desk) -> None:
    """The club's boards may be the library's already: that letter is stopped. The others leave after ten minutes."""
    omar.presses("Send 4 decisions")
    omar.reads("4 decisions are sent. Their letters leave in 10 minutes.")
    omar.presses(f"Call back {council.number_of(CHESS)}")
    omar.reads("its group has read nothing.")
    council.let_ten_minutes_pass()
    assert subjects(council, "ann@group.example")[0] == "Your bid B-01 goes to the vote"
    assert not [subject for subject in subjects(council, "ravi@chess.example") if "goes to the vote" in subject]
    omar.reads("Spreadsheet, imported by Olivia Marsh")
    omar.presses("Draft: to the vote")
    omar.goes_to(DECISIONS)
    omar.presses("Send 1 decision")
    council.let_ten_minutes_pass()
    assert "goes to the vote" in subjects(council, "ravi@chess.example")[0]


def subjects(council: Council, email: str) -> list[str]:
    """What the letters are about that somebody has got, newest first."""
    return [letter.subject for letter in council.letters_to(email)]


def ask_to_look_again(carla: Phone) -> None:
    """The growers have 150 words for what was missed, and use all of them. One more is refused, and nothing is lost."""
    words = "The head teacher agreed to it in June. " + "beans " * 142
    carla.follows_letter(LOOK_AGAIN, "Show the decision")
    carla.reads("The school has not agreed to it.", "You can ask once.")
    carla.types(words=f"{words}please")
    carla.presses("Ask us to look again")
    expect(carla.page.locator("[name=words]")).to_have_value(f"{words}please")
    carla.types(words=words)
    carla.presses("Ask us to look again")
    carla.reads("We have your words.")


def look_again(olivia: Desk, priya: Desk, carla: Phone) -> None:
    """Whoever refused leaves it to somebody else, who lets the bid in."""
    olivia.opens(BEANS)
    olivia.reads("You refused this bid, so somebody else looks at it again.")
    priya.opens(BEANS)
    priya.follows("Look at it again")
    priya.reads("The head teacher agreed to it in June.")
    priya.chooses("The bid goes to the vote after all")
    priya.types(answer="The head teacher’s letter was in our other tray.")
    priya.presses("Decide and write to the group")
    priya.reads("We have written to the group.")
    [letter, *_] = carla.council.letters_to(carla.email)
    assert "You were right: it goes to the vote." in letter.body
