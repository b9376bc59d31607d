"""How four bids come in: written on two phones, told on the telephone, sent in a sheet."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

from tests.browser.walk.desk import BOARD, Desk
from tests.browser.walk.phone import BID, DRAFT, Phone
from tests.call.sheets import a_sheet
from tests.files.samples import PLACE, is_upright, photo_file
from tests.office import saved_by_libreoffice

BELLS, BEANS, CHESS, SONGS = "Bells for beginners", "Beans for all", "Chess in the library", "Songs on the ward"
SUMMARY = "We buy ropes, and teach ten neighbours to ring the bells."
BENEFITS = "Ten beginners, and everybody who hears th"
SHOWS = "Six ringers under the tower."
NOT_SAVED = "Not saved: no signal. Your text is kept on this phone"
NOT_SENT = "Not sent: no signal. Nothing is lost. Press the button again once there is signal."
OVERTAKEN = "Somebody else of your group has changed this page. Press Continue to compare."


def apply_over_two_sittings(ann: Phone) -> None:
    """The ringers' chair begins on the bus. The tab dies twice: once without signal, once with the whole browser."""
    ann.begins_a_bid()
    for box in ("money_holder", "registered_number"):
        expect(ann.page.locator(f"[name={box}]")).to_be_hidden()
    ann.chooses("None of these")
    ann.types(group_name="Sale Bell Ringers", money_holder="St Paul's Church", contact_name="Ann Smith")
    ann.presses("Continue")
    ann.types(title=BELLS, summary="We buy ropes.")
    ann.is_saved()
    ann.has_signal(False)
    ann.types(summary=SUMMARY)
    expect(ann.page.locator(".saving")).to_contain_text(NOT_SAVED)
    ann.loses_its_tab()
    ann.has_signal(True)
    ann.goes_to(f"{BID}/project")
    ann.is_saved()
    assert ann.kept_pages() == 0
    ann.page.get_by_label("Who would benefit?").press_sequentially(BENEFITS)
    ann.is_saved()
    ann.is_killed()
    ann.comes_back()
    expect(ann.page.locator("[name=title]")).to_have_value(BELLS)
    expect(ann.page.locator("[name=summary]")).to_have_value(SUMMARY)
    expect(ann.page.locator("[name=who_benefits]")).to_have_value(BENEFITS)


def write_at_the_same_time(ann: Phone, ben: Phone) -> None:
    """A second ringer opens the same letter's link, and both write on the same page."""
    ben.follows_letter(DRAFT, "Open the draft", to=ann.email)
    ben.types(who_benefits="Ten beginners, and the whole parish.")
    ben.is_saved()
    ann.types(who_benefits="Ten beginners, and everybody who hears them.")
    expect(ann.page.locator(".saving")).to_have_text(OVERTAKEN)
    ann.chooses("We have them")
    ann.presses("Continue")
    ann.reads("Two people wrote here", "and the whole parish.", "and everybody who hears them.")
    ann.page.locator("#choose-who_benefits-theirs").check()
    ann.presses("Keep what I chose")


def lose_the_signal_at_send(ann: Phone) -> None:
    """The church's walls are thick, and nothing is lost."""
    ann.types(ask="250")
    ann.presses("Continue")
    ann.reads(SUMMARY, "and the whole parish.", "£250", "Not a charity, a company or a CIC")
    ann.has_signal(False)
    ann.page.get_by_role("button", name="Send our bid").click()
    expect(ann.page.locator(".saving")).to_have_text(NOT_SENT)
    ann.has_signal(True)
    ann.presses("Send our bid")
    ann.reads("One more step: open our e-mail", ann.email)
    ann.confirms()


def give_a_turned_photo(ann: Phone) -> None:
    """The camera was held on its side and wrote down where. What is kept stands upright, without the place."""
    taken = photo_file("JPEG", orientation=6)
    assert dict(Image.open(io.BytesIO(taken)).getexif().get_ifd(0x8825)) == PLACE
    ann.follows("Photo and documents")
    ann.gives_photo("IMG_0042.jpg", "image/jpeg", taken, SHOWS)
    ann.reads("The photo and its words are saved.")
    for width in (400, 1200):
        kept = ann.downloads(f"/my/bids/1/photo-{width}.jpg")
        picture = Image.open(io.BytesIO(kept))
        assert picture.width > picture.height
        assert is_upright(picture)
        assert dict(picture.getexif()) == {}
        assert b"GPS" not in kept


def apply_in_one_go(growers: Phone) -> None:
    """Another group, whose bid needs a budget."""
    growers.begins_a_bid()
    growers.chooses("A charity")
    growers.types(group_name="Sale Growers", registered_number="1098765", contact_name="Carla Jones")
    growers.presses("Continue")
    growers.types(title=BEANS, summary="We plant beans behind the school.", who_benefits="Forty children.")
    growers.chooses("We have them")
    growers.presses("Continue")
    growers.types(ask="1,200", **{"lines-0-what": "Beds and soil", "lines-0-line_pence": "1,200"})
    growers.presses("Continue")
    growers.presses("Send our bid")
    growers.confirms()


def take_down_a_bid_by_telephone(olivia: Desk) -> None:
    """A choir without e-mail rings up, and Olivia reads it back to them."""
    olivia.goes_to(BOARD)
    olivia.follows("Key in a bid")
    olivia.chooses("By telephone")
    olivia.presses("Continue")
    olivia.chooses("A charity")
    olivia.types(group_name="Walton Park Singers", contact_name="Mary Brown", phone="0161 496 0100")
    olivia.presses("Continue")
    olivia.types(title=SONGS, summary="We sing with patients every Friday.", who_benefits="Forty patients.")
    olivia.chooses("We have them")
    olivia.presses("Continue")
    olivia.types(ask="200")
    olivia.presses("Continue")
    olivia.reads("Read it back", "We sing with patients every Friday.", "0161 496 0100")
    olivia.presses("Save the bid")


def take_in_a_sheet(olivia: Desk, folder: Path) -> None:
    """A club's bid comes in a sheet that somebody saved with LibreOffice."""
    row = {
        "Group": "Sale Chess Club",
        "Contact": "Ravi Patel",
        "E-mail address": "ravi@chess.example",
        "Project": CHESS,
        "What they would do": "We buy twelve boards.",
        "Amount": 180,
    }
    sheet = saved_by_libreoffice(folder, a_sheet(row), "xlsx", "xlsx")
    olivia.goes_to(BOARD)
    olivia.follows("Import bids")
    (folder / "bids.xlsx").write_bytes(sheet)
    olivia.page.locator("input[type=file]").set_input_files(folder / "bids.xlsx")
    olivia.presses("Send and look at it")
    olivia.reads("bids.xlsx has 1 new bid.", CHESS)
    olivia.presses("Import 1 new bid")
