"""Whoever has a part in the spring of a partnership, each at a screen 360 pixels wide."""

import datetime as dt
from typing import Any

import feedparser
from icalendar import Calendar
from playwright.sync_api import expect

from tests.browser.year.people import Reader, SignedIn
from tests.browser.year.town import Town
from tests.partnership.keeping import EDITOR, KEEP, MEMBER, PUBLIC

BEGINS = dt.date(2027, 3, 1)


class Editor(SignedIn):
    """Marek, who keeps the partnership's pages."""

    def __init__(self, town: Town) -> None:
        super().__init__(town, EDITOR)

    def opens(self, part: str, *links: str) -> None:
        """A part of the partnership's pages for editors, and from there these links."""
        self.goes_to(f"{KEEP}{part and f'/{part}'}")
        for name in links:
            self.follows(name)

    def types_hours(self, day_field: str, day: dt.date, **hours: str) -> None:
        """A day, and hours as somebody types them."""
        self.types_day(day_field, day)
        self.types(**hours)


class OneMember(SignedIn):
    """Nia, who is a member and no editor."""

    def __init__(self, town: Town) -> None:
        super().__init__(town, MEMBER)


class GroupsContact(SignedIn):
    """Who speaks for a group."""

    def __init__(self, town: Town, email: str) -> None:
        super().__init__(town, email)

    def opens_wall_cards(self, award_id: int) -> None:
        """What the group of an award needs and gives."""
        self.goes_to(f"/my/awards/{award_id}/network")


class Resident(Reader):
    """Somebody without an account, with a calendar and a feed reader."""

    def __init__(self, town: Town, email: str = "ann@resident.example") -> None:
        super().__init__(town, email)

    def opens(self, part: str = "") -> None:
        """The partnership's page, or a part of it."""
        self.goes_to(f"{PUBLIC}{part and f'/{part}'}")

    def does_not_read(self, *sentences: str) -> None:
        """None of these stands on the page."""
        for sentence in sentences:
            expect(self.main).not_to_contain_text(sentence)

    def calendar(self, path: str) -> dict[str, Any]:
        """A calendar's entries by their ids, as the resident's calendar reads them."""
        read = Calendar.from_ical(self.downloads(path))
        return {str(entry["uid"]): entry for entry in read.walk("VEVENT")}

    def feed(self, part: str) -> dict[str, str]:
        """A feed's entries, the title by the id, as the resident's feed reader reads them."""
        read = feedparser.parse(self.downloads(f"{PUBLIC}/{part}.atom"))
        assert not read.bozo, read.bozo_exception
        return {entry.id: entry.title for entry in read.entries}

    def prints(self) -> str:
        """The page's words on paper."""
        self.page.emulate_media(media="print")
        words = self.main.inner_text()
        self.page.emulate_media(media="screen")
        return words
