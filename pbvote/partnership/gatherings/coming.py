"""Who came, as it is noted at the door. Nothing here commits."""

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.filters import day
from pbvote.partnership.gatherings.models import MOST_PLACES, Gathering, SignUp, SignUpState
from pbvote.people.models import Account


class NotItsDay(Refusal):
    """Who came is noted from a gathering's day on."""

    def __init__(self, gathering: Gathering) -> None:
        why = f"Who came is noted from {day(gathering.starts_at)} on."
        super().__init__("This gathering does not take place." if gathering.is_off else why)


class NotANumberOfPeople(Refusal):
    """What was typed is no number of people."""

    status = 422

    def __init__(self) -> None:
        super().__init__(f"Enter how many people came, from 0 to {MOST_PLACES:,}.")


def require_its_day(gathering: Gathering) -> None:
    """Raise `NotItsDay` before its day, and where it does not take place."""
    if not gathering.takes_the_door:
        raise NotItsDay(gathering)


def note_came(gathering: Gathering, own: SignUp, number: int) -> None:
    """So many of a group came; 0 where nobody did. Whoever waited and came all the same is noted, too.

    Raises `NotANumberOfPeople` and `NotItsDay`.
    """
    require_its_day(gathering)
    if not 0 <= number <= MOST_PLACES:
        raise NotANumberOfPeople
    own.came = number
    db.session.flush()


def walk_in(gathering: Gathering, name: str, number: int, by: Account) -> SignUp:
    """A group that nobody expected. It holds no place: it is there. Raises `NotItsDay`."""
    require_its_day(gathering)
    own = SignUp(gathering_id=gathering.id, walk_in_name=name, people=number, came=number)
    own.state, own.signed_by_id, own.signed_at = SignUpState.WALKED_IN, by.id, now()
    db.session.add(own)
    db.session.flush()
    return own
