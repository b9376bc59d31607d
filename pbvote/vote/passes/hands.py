"""Who works at a page of the hall: somebody with an account, or a phone or screen that was let in."""

from dataclasses import dataclass

from flask import g

from pbvote.people.models import Account
from pbvote.vote.events.models import Event
from pbvote.vote.passes.models import HallDevice


@dataclass(frozen=True, slots=True)
class Hand:
    """Who sent this request to a page of the hall, after its door has let them in."""

    event: Event
    name: str
    """As pages show it: ``Olivia``, or ``Anna’s phone``."""
    may_write: bool
    """An auditor reads and changes nothing."""
    account: Account | None
    device: HallDevice | None
    """Also where an organiser sits at a computer that is a screen: then there are both."""

    @property
    def is_in(self) -> bool:
        """Whether this hand works here, and does not only hand over what it noted before midnight."""
        return self.account is not None or (self.device is not None and self.device.is_allowed)

    @property
    def device_number(self) -> int:
        """The number of the device that acts; 0 where an account does."""
        return self.device.id if self.device is not None and self.account is None else 0


def hand() -> Hand:
    """The hand of this request, behind a `hall_door`."""
    found: Hand = g.hand
    return found
