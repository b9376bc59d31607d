"""The town of the year: its groups, what they asked for, and the days on which its story stops."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Protocol

import sqlalchemy as sa
from playwright.sync_api import BrowserContext, Page

from pbvote.call.bids.models import Bid
from pbvote.core.clock import now, uk_moment
from pbvote.db import db
from pbvote.grants.awards.models import Award
from tests.browser.walk.people import Council

EVENT = dt.date(2027, 3, 6)
LAST_DAY = dt.date(2027, 11, 30)
"""The last day of the projects, as the round sets it."""
POT = 6_000_00
SALE, URMSTON = "sale", "urmston"


@dataclass(frozen=True)
class Bidding:
    """A group, who speaks for it, and what it bid for. An amount is pence."""

    group: str
    contact: str
    title: str
    summary: str
    ask: int
    points: int
    """What each voter gives it. No two bids of a locality have as many."""
    lines: tuple[tuple[str, int], ...] = ()
    place: str = SALE

    @property
    def email(self) -> str:
        """The address of whoever speaks for it."""
        return f"{self.contact.partition(' ')[0].lower()}@group.example"


BAND = Bidding(
    "Sale Youth Band",
    "Bert Hall",
    "Brass for beginners",
    "We buy eight instruments. Twelve pupils play at the summer fair.",
    3_900_00,
    5,
    (("Instruments", 3_000_00), ("Room hire", 700_00), ("Travel", 200_00)),
)
WALKERS = Bidding("Canal Walkers", "Wanda Ogden", "A walk each week", "We walk along the canal.", 1_600_00, 4)
GARDENERS = Bidding(
    "Lime Tree Gardeners", "Gail Reed", "Tubs for Lime Tree Road", "We plant ten tubs by the bus stop.", 240_00, 3
)
MENDERS = Bidding(
    "Sale Repair Café",
    "Rita Shaw",
    "Mend it on Mondays",
    "We open each Monday. Thirty neighbours mend a lamp or a coat.",
    1_450_00,
    2,
)
CHESS = Bidding("Sale Chess Club", "Colin Webb", "Chess for all", "We buy forty boards.", 2_500_00, 1)
PAINTERS = Bidding("Urmston Painters", "Pat Lowe", "Paint the underpass", "We paint it.", 1_000_00, 5, place=URMSTON)
BIDS = (BAND, WALKERS, GARDENERS, MENDERS, CHESS, PAINTERS)


class Clock(Protocol):
    """The server's clock, which the story moves on."""

    def move_to(self, destination: dt.datetime) -> None:
        """Let it be this moment."""


@dataclass(frozen=True)
class Town(Council):
    """A council whose residents have chosen, with a clock that the story moves on."""

    clock: Clock = field(kw_only=True)
    slug: str = field(kw_only=True)
    """Of the event in Sale."""
    phones: list[BrowserContext] = field(default_factory=list)

    @property
    def awards(self) -> str:
        """The path of the awards of Sale, at the desk."""
        return f"/desk/events/{self.slug}/awards"

    def browser(self, email: str) -> Page:
        """A browser of somebody. The clock of a member's phone, which writes down when it kept what, goes as ours."""
        page = super().browser(email)
        if email.endswith("@partnership.example"):
            page.context.clock.install(time=now())
            self.phones.append(page.context)
        return page

    def award_of(self, bidding: Bidding) -> int:
        """The number of a group's award."""
        with self.app.app_context():
            return db.session.scalars(sa.select(Award.id).join(Award.bid).where(Bid.title == bidding.title)).one()

    def becomes(self, day: dt.date, hour: int = 9, minute: int = 30) -> None:
        """It is this day; early in the morning the machine has reminded everybody."""
        self.clock.move_to(uk_moment(day, dt.time(6)))
        run = self.app.test_cli_runner().invoke(args=["remind"])
        assert run.exit_code == 0, run.output
        self.is_now(day, hour, minute)

    def is_now(self, day: dt.date, hour: int, minute: int = 0) -> None:
        """It is this moment, here and on every member's phone."""
        self.clock.move_to(uk_moment(day, dt.time(hour, minute)))
        for phone in self.phones:
            phone.clock.set_system_time(now())
