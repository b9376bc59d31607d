"""How busy the phones are, in a word and a figure. The figure is coarse: nobody learns from it when a ballot came."""

from dataclasses import dataclass
from typing import Final

from pbvote.vote.events.models import Event
from pbvote.voters_path import sent_lately

STEP: Final = 10
BUSY: Final = 20
"""Codes and votes in a minute: about ten people who vote, each with a code and a vote."""
VERY_BUSY: Final = 200


@dataclass(frozen=True, slots=True)
class Phones:
    """What phones have sent for an event in the last minute, in whole tens."""

    sent: int

    @classmethod
    def of(cls, event: Event) -> "Phones":
        """As it was in the last minute."""
        return cls(sent_lately(event.slug) // STEP * STEP)

    @property
    def are_busy(self) -> bool:
        """Whether people are voting just now."""
        return self.sent >= BUSY

    @property
    def said(self) -> str:
        """``Phones are busy: about 40 codes and votes in the last minute.``"""
        if not self.sent:
            return f"Phones are quiet: fewer than {STEP} codes and votes in the last minute."
        how = "very busy" if self.sent >= VERY_BUSY else "busy" if self.are_busy else "quiet"
        return f"Phones are {how}: about {self.sent:,} codes and votes in the last minute."
