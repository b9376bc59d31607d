"""What a group is asked to accept. Whoever changes a sentence here raises `TERMS_VERSION`."""

import datetime as dt
from typing import Final

from pbvote.core.clock import today
from pbvote.errors import Refusal
from pbvote.filters import day
from pbvote.grants.awards.models import Award

TERMS_VERSION: Final = 1


class TermOver(Refusal):
    """The last day of the projects has passed, so nothing could be promised."""

    def __init__(self, last: dt.date) -> None:
        super().__init__(f"These projects were to end by {day(last)}. Ring us, and we agree on another day with you.")


def last_day(award: Award) -> dt.date:
    """The last day of an offer's project: as its letter said it or, once that has passed, the round's, if it is later.

    So an organiser who moves the round's day lets late groups accept.
    """
    of_round = award.event.share.round.grant_rules.ends_on
    return max(award.ends_on, of_round) if of_round and award.ends_on < today() else award.ends_on


def require_time(award: Award) -> None:
    """Raise `TermOver` where the award's last day has passed."""
    if last_day(award) < today():
        raise TermOver(last_day(award))


def terms_of(award: Award) -> list[str]:
    """The six sentences, for this award."""
    asked = award.event.share.round.grant_rules.asks_for(award.award_pence)
    return [
        f"We spend the money on our project, by {day(last_day(award))}.",
        "We ask you before we spend it on something else. A sentence is enough.",
        "We look after everybody who takes part.",
        "We keep our receipts. You may ask for them.",
        f"At the end we send you {asked}.",
        "We tell you if we can’t do it, and we send back what we don’t spend.",
    ]


def takes_two(award: Award) -> bool:
    """Whether a second person of the group confirms."""
    return award.award_pence > award.event.share.round.grant_rules.second_person_from_pence


def fewest_promises(award: Award) -> int:
    """How many promises the group makes at least. One is enough where a photo is enough as a report."""
    return 1 if award.award_pence <= award.event.share.round.grant_rules.photo_report_to_pence else 2
