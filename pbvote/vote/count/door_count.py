"""What stewards' phones counted, beside what an organiser states in the code account."""

from pbvote.vote.count.code_account import CodeAccount
from pbvote.vote.door.figures import DoorFigures
from pbvote.vote.events.models import Event


def expected(event: Event, figures: DoorFigures, account: CodeAccount) -> dict[str, int]:
    """What the form of the account begins with, before anybody has filled it in: the phones' count.

    In the demonstration nobody has a pile of slips, so it has the slips that fit, too.
    """
    came = {"door_count": figures.voters} if figures.is_used else {}
    if not event.share.round.is_demonstration:
        return came
    return {"left_over": account.live - came.get("door_count", account.voted), "door_count": account.voted} | came


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
            said.append(f"The account says {account.door_count}: {abs(difference)} {more} than the phones.")
    if figures.late:
        came = "1 tap came" if figures.late == 1 else f"{figures.late} taps came"
        said.append(f"{came} after the count. The account stays as it is.")
    return said


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"
