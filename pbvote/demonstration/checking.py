"""South Trafford while its bids are checked: a question that waits, a draft, a twin, a refusal to look at again."""

import datetime as dt
from collections.abc import Sequence

from pbvote.call.bids.models import Bid
from pbvote.call.checking import appeals, checklist, decisions, interests, queries
from pbvote.call.checking.models import DecisionKind
from pbvote.call.rounds.models import Round
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.people.models import Account


def check_bids(bids: Sequence[Bid], by: Account) -> None:
    """Each bid at another point of the way. The last one comes from a group that has bid before, in other words."""
    boxing, tablets, hedgehogs, pastors, bakers = bids[:5]
    round_ = boxing.round
    checklist.tick(boxing, dict.fromkeys(checklist.USUAL_QUESTIONS, (True, "")), by)
    works, *_ = checklist.USUAL_QUESTIONS
    checklist.tick(pastors, {works: (True, "A registered charity")}, by)
    decisions.draft(boxing, DecisionKind.SHORTLIST, by)
    _refuse(hedgehogs, by)
    _send_all(round_, by)
    question = "Which evenings would the pupils come, and who is with them? We need a name for the safeguarding."
    queries.ask(tablets, question, today() + dt.timedelta(days=5), by)
    decisions.draft(bakers, DecisionKind.SHORTLIST, by)


def _refuse(bid: Bid, by: Account) -> None:
    advice = "Ask the parks team for a letter, and bid again in the next round."
    reason = "The recreation ground belongs to the council, and the parks team has not agreed to the pond yet."
    decisions.draft(bid, DecisionKind.REFUSE, by, reason, advice)


def _send_all(round_: Round, by: Account) -> None:
    """Send what is drafted, as it was done yesterday: the letters have left."""
    sending = decisions.send_decisions(round_, [decision.id for decision in decisions.drafts_of(round_)], by)
    for decision in sending.sent:
        if decision.sent_at:
            decision.sent_at -= dt.timedelta(days=1)
    db.session.flush()


def ask_again(bid: Bid) -> None:
    """The group of a refused bid asks for a second look."""
    refusal = next(decision for decision in decisions.decisions_of(bid) if decision.verdict is DecisionKind.REFUSE)
    words = "The parks team wrote to us last week: they agree to the pond if it has a fence. We can send the letter."
    appeals.ask_again(refusal, words)


def declare(bid: Bid, member: Account, by: Account) -> None:
    """A member of the partnership belongs to the bid's group."""
    interests.declare_interest(bid, member, "walks with them on Saturdays", by)
