"""All that the screen may have to draw until the poll moves on, so that it goes on by itself without a network."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pbvote.addresses import result_page, voters_page
from pbvote.core.qr import qr_svg
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.service import last_entry
from pbvote.vote.passes.hands import Hand
from pbvote.vote.poll.opening import VotingOpened
from pbvote.vote.programme.entries import Listed, entries_of
from pbvote.vote.results.view import SealShown
from pbvote.vote.screen.announcing import Announcement, announcement_for
from pbvote.vote.stage.scenes import SCENES

_SMALLEST, _LARGEST = 3.0, 8.0


@dataclass(frozen=True)
class ScreenMatter:
    """What the scenes of this state of the poll show."""

    event: Event
    scenes: Sequence[str]
    """The scenes that can be chosen in this state; the first is shown by itself."""
    entries: Sequence[Listed]
    address: str
    """Where people vote, without the scheme: a host that somebody types off the wall."""
    picture: Markup
    """The QR code of that address."""
    last_call_at: dt.datetime | None
    """When the last call is planned, from the moment at which voting opened; None before, and over several days."""
    seal: SealShown | None
    announcement: Announcement | None
    """None before the seal, and on a computer that nobody has connected: nothing of it leaves the server for those."""
    result_picture: Markup
    letters: float
    """The size of the smallest letters, in hundredths of the screen's height."""


def matter_for(hand: Hand) -> ScreenMatter:
    """What this hand's screen may have to draw now."""
    event = hand.event
    voting = voters_page(event.slug)
    announcement = announcement_for(hand)
    return ScreenMatter(
        event,
        [scene.value for scene in SCENES[event.poll]],
        [] if announcement else entries_of(event),
        voting.partition("://")[2],
        qr_svg(voting),
        _last_call_at(event),
        SealShown.of(event),
        announcement,
        qr_svg(result_page(event.slug)),
        letters_for(event.day.hall_metres),
    )


def _last_call_at(event: Event) -> dt.datetime | None:
    opened = last_entry(event, VotingOpened) if event.takes_votes and not event.lasts_days else None
    until = max(0, event.day.vote_minutes - event.day.last_call_minutes)
    return opened.at + dt.timedelta(minutes=until) if opened else None


def letters_for(metres: int) -> float:
    """How tall the smallest letters are so that the last row reads them, in hundredths of the screen's height.

    AVIXA's standard for image size (DISCAS) comes to about 4 % at 12 metres and 6.7 % at 20 before a screen of a
    hall's usual height; between and beyond them the size grows with the distance.
    """
    size = 4 + (metres - 12) * (6.7 - 4) / (20 - 12)
    return round(min(max(size, _SMALLEST), _LARGEST), 2)
