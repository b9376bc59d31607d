"""A member writes a profile and gives a photo; an editor publishes both, and the member takes the photo back."""

from playwright.sync_api import expect

from tests.browser.groups import a_photo
from tests.browser.partnership.people import Editor, OneMember, Resident
from tests.partnership.keeping import OWN

WORDS = "I walk the footpaths, and I chair the friends of the library."


def write_and_publish(nia: OneMember, marek: Editor, ann: Resident) -> None:
    """Everybody sees a member's name and body from the first day; words and photo once an editor has read them."""
    ann.opens()
    ann.reads("Nia Price", "Trafford Council")
    nia.goes_to(OWN)
    nia.types(words=WORDS)
    nia.chooses("Anyone may read these words on the partnership’s page")
    nia.presses("Save")
    nia.page.locator("input[type=file]").set_input_files(a_photo("nia.jpg", 800))
    nia.chooses("Anyone may see this photo on the partnership’s page")
    nia.presses("Save the photo")
    ann.opens()
    ann.does_not_read(WORDS)
    marek.opens("", "Nia Price")
    marek.reads(WORDS)
    marek.presses("Publish it")
    ann.opens()
    ann.reads(WORDS)
    photos = ann.main.locator(".member img")
    expect(photos).to_have_count(1)
    nia.goes_to(OWN)
    nia.presses("Take my photo back")
    ann.opens()
    ann.reads(WORDS)
    expect(photos).to_have_count(0)
