"""What groups are written while their bids are checked. Nothing here commits.

Each letter is made by one function from plain facts, so that a page can show it before it is sent.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app

from pbvote.addresses import answer_page, base_url, bid_page, look_again_page
from pbvote.call.bids.letters import on_the_ballot
from pbvote.call.bids.models import Bid
from pbvote.call.checking.checklist import Rules
from pbvote.call.checking.models import Appeal, BidDecision, DecisionKind, GroupLetter, GroupLetterCopy, Query
from pbvote.call.rounds.models import Round
from pbvote.core.codes import in_groups
from pbvote.db import db
from pbvote.filters import day
from pbvote.mail.service import write_letter

CODE_TO_COME = "…"
"""What a page shows in the place of a link's code before the letter is sent."""


@dataclass(frozen=True, slots=True)
class PlannedLetter:
    """A letter as it will be: its subject, and what comes after “Dear …”."""

    subject: str
    body: str

    def to(self, name: str) -> str:
        """The whole letter to this person."""
        return f"Dear {name},\n\n{self.body}\n\n{current_app.config['COUNCIL_NAME']}\n"


def write_to_group(
    bid: Bid,
    planned: PlannedLetter,
    *,
    code: str = "",
    decision: BidDecision | None = None,
    not_before: dt.datetime | None = None,
) -> None:
    """Write to everybody who speaks for the bid's group, and keep what was written, without the `code` of its link."""
    contacts = [contact.account for contact in bid.group.contacts] if bid.group else []
    letters = [write_letter(each.email, planned.subject, planned.to(each.name), not_before) for each in contacts]
    if letters:
        words = planned.body.replace(in_groups(code), CODE_TO_COME) if code else planned.body
        kept = GroupLetter(bid_id=bid.id, subject=planned.subject, words=words)
        kept.decision_id = decision.id if decision else None
        kept.copies = [GroupLetterCopy(letter=letter) for letter in letters]
        db.session.add(kept)
    db.session.flush()


def whom_to_ask(rules: Rules, question: str) -> str:
    """``Questions? Ring Omar Khan on 0161 496 0123.``; where the round names nobody, the address to write to."""
    if rules.person and rules.telephone:
        return f"{question} Ring {rules.person.name} on {rules.telephone}."
    return f"{question} Write to {current_app.config['CONTACT_EMAIL']}."


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _follow() -> str:
    return f"You can follow your bid here, without a password: {base_url()}/sign-in/by-mail"


def query_letter(query: Query, code: str) -> PlannedLetter:
    """One question, the day, and the link that answers it."""
    bid = query.bid
    typed = in_groups(code)
    body = _paragraphs(
        f"Thank you for your bid “{bid.title}” ({bid.reference}). Before we decide, we have one question:",
        query.question,
        f"Please answer by {day(query.answer_by)}. A few words are enough. Use this link. You need no password:",
        answer_page(typed),
        f"If the link does not open, go to {answer_page()} and type {typed}",
        f"Your bid keeps its place while we wait. More time? Write to {current_app.config['CONTACT_EMAIL']}",
    )
    return PlannedLetter(f"A question about your bid {bid.reference}", body)


def decision_letter(
    decision: BidDecision, rules: Rules, planned: Mapping[int, str], code: str = CODE_TO_COME
) -> PlannedLetter:
    """What a decision tells its group; `planned` says by locality when, where and how people vote.

    Without the code it is the letter as the desk looks at it.
    """
    return (
        _shortlisted(decision.bid, planned)
        if decision.verdict is DecisionKind.SHORTLIST
        else _refused(decision, rules, code)
    )


def _shortlisted(bid: Bid, planned: Mapping[int, str]) -> PlannedLetter:
    body = _paragraphs(
        f"Good news: your bid “{bid.title}” ({bid.reference}) goes to the vote.",
        "\n\n".join(planned[ask.locality_id] for ask in bid.asks),
        _follow(),
    )
    return PlannedLetter(f"Your bid {bid.reference} goes to the vote", body)


def _refused(decision: BidDecision, rules: Rules, code: str) -> PlannedLetter:
    bid, typed = decision.bid, code if code == CODE_TO_COME else in_groups(code)
    again = _paragraphs(
        "Did we miss something? Ask us to look again. Somebody else will decide. You can ask once, in up to 150 words, "
        "until voting opens:",
        look_again_page(typed),
        f"If the link does not open, go to {look_again_page()} and type {typed}",
    )
    body = _paragraphs(
        f"Thank you for your bid “{bid.title}” ({bid.reference}). We are sorry: it can’t go to the vote this time.",
        f"Why\n{decision.reason}",
        f"What you can do\n{decision.advice}",
        f"{rules.person.name} will gladly talk it through with you. Ring {rules.telephone}." if rules.person else "",
        again,
    )
    return PlannedLetter(f"Your bid {bid.reference} can’t go to the vote this time", body)


def let_in_letter(appeal: Appeal) -> PlannedLetter:
    """What a group reads when a second look has let its bid in."""
    bid = appeal.decision.bid
    body = _paragraphs(
        f"You asked us to look again at your bid “{bid.title}” ({bid.reference}). You were right: it goes to the vote.",
        appeal.answer,
        on_the_ballot(bid),
        _follow(),
    )
    return PlannedLetter(f"Your bid {bid.reference} goes to the vote after all", body)


def upheld_letter(appeal: Appeal, rules: Rules) -> PlannedLetter:
    """What a group reads when a second look has come to the same end."""
    bid = appeal.decision.bid
    ring = f"{rules.person.name} is still there for you: ring {rules.telephone}." if rules.person else ""
    body = _paragraphs(
        f"You asked us to look again at your bid “{bid.title}” ({bid.reference}). Somebody else has now read it, and "
        "what you wrote. We are sorry: it still can’t go to the vote.",
        f"Why\n{appeal.answer}",
        "We can look again only once. You are welcome to bid in the next round.",
        ring,
    )
    return PlannedLetter(f"We have looked again at your bid {bid.reference}", body)


def extension_letter(round_: Round, until_on: dt.date) -> PlannedLetter:
    """What somebody reads who has more time."""
    body = _paragraphs(
        f"You have more time for your bid in {round_.name}: until the end of {day(until_on)}.",
        f"Send it from this e-mail address: {bid_page(round_.slug)}",
    )
    return PlannedLetter(f"You can bid until {day(until_on)}", body)
