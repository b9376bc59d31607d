"""What the council does after the vote of 2014: its decisions, and the letters about them."""

import datetime as dt

from pbvote.core.clock import uk_moment
from pbvote.db import db
from pbvote.grants.awards.deciding import DecisionRecord, record_first
from pbvote.grants.awards.models import CALL_BACK_FOR, Award, AwardDecision
from pbvote.grants.awards.sending import prepare, send
from pbvote.grants.awards.service import awards_of
from pbvote.people.models import Account
from pbvote.vote.events.models import Event


def write_down(event: Event, decided_on: dt.date, by: Account) -> AwardDecision:
    """Record that the council follows the vote. No group knows of it yet."""
    record = DecisionRecord(
        decided_on=decided_on,
        decided_by="The Executive Member for Communities, with the head of partnerships",
        reason="The council follows the residents’ vote. Every funded bid met the checklist.",
        alternatives="Funding fewer bids and keeping a reserve. "
        "Residents had been told that they decide about the whole share.",
        interests="One councillor belongs to a group that bid, and took no part.",
    )
    return record_first(event, record, by)


def decide(event: Event, decided_on: dt.date, by: Account) -> list[Award]:
    """The same, and every letter sent on that afternoon."""
    decision = write_down(event, decided_on, by)
    send(decision, prepare(decision).seen, by)
    decision.drafted_at = uk_moment(decided_on, dt.time(14))
    decision.sent_at = uk_moment(decided_on, dt.time(15))
    awards = awards_of(event)
    for award in awards:
        award.told_at = decision.sent_at + CALL_BACK_FOR
    db.session.flush()
    return awards
