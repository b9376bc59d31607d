"""What stewards' phones counted, beside what an organiser states in the code account."""

from dataclasses import dataclass

from pbvote.vote.count.code_account import CodeAccount
from pbvote.vote.door.figures import DoorFigures
from pbvote.vote.events.models import Event


@dataclass(frozen=True, slots=True)
class Known:
    """What the form of the account begins with, before anybody has filled it in."""

    left_over: int | None
    door_count: int | None

    @property
    def is_all(self) -> bool:
        """Whether nothing is left to count."""
        return None not in (self.left_over, self.door_count)


def known_of(event: Event, figures: DoorFigures, account: CodeAccount) -> Known:
    """What is known without a count by hand: the phones' count, where there is one.

    How many are left over stays blank: nobody counts a number that stands there already. In the demonstration nobody
    has a pile of slips to count, so there it is what would be left if each voter took one.
    """
    counted = figures.voters if figures.is_used else None
    if not event.share.round.is_demonstration:
        return Known(None, counted)
    return Known(account.live - min(max(counted or 0, account.voted), account.live), counted)


def said_of_door(figures: DoorFigures, account: CodeAccount) -> list[str]:
    """What the phones counted, in sentences: the difference from the account, what may be missing, what came late."""
    said = figures.behind
    if figures.is_used:
        said.append(
            f"The stewards’ phones counted {_people(figures.voters)} who can vote, "
            f"and {_people(figures.guests)} without a vote."
        )
        difference = (account.door_count or 0) - figures.voters
        if account.door_count is not None and difference:
            more = "more" if difference > 0 else "fewer"
            came = f"By this page {_people(account.door_count)} came through the door"
            said.append(f"{came}: {abs(difference)} {more} than the phones counted.")
    if figures.late:
        came = "1 tap came" if figures.late == 1 else f"{figures.late} taps came"
        said.append(f"{came} after the count. The code account stays as it is.")
    return said


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"
