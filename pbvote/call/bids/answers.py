"""A bid's answers under their questions: the same on the page that checks them, in letters, and read back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pbvote.call.bids.models import Bid
from pbvote.call.bids.new_bid import NewBid, Papers
from pbvote.call.groups.models import GroupKind
from pbvote.call.rounds.models import Round
from pbvote.core.money import format_money
from pbvote.core.registered import show_registered
from pbvote.db import db
from pbvote.localities.models import Ward
from pbvote.localities.service import names_of

KINDS = {
    GroupKind.CHARITY: "A charity",
    GroupKind.COMPANY: "A company",
    GroupKind.CIC: "A community interest company (CIC)",
    GroupKind.INFORMAL: "None of these",
}
KIND_WORDS = KINDS | {GroupKind.INFORMAL: "Not a charity, a company or a CIC"}
"""The kind where it stands by itself, read back or in a letter."""
PAPERS = {Papers.HAVE: "We have them", Papers.WILL_HAVE: "We will have them by the event day"}
PAPERS_QUESTION = "Constitution and bank account in our name"
AT_RISK_QUESTION = "Children, or adults at risk, take part"
GROUP, PROJECT, MONEY = "group", "project", "money"
"""The parts of the form, and its pages."""
WHOLE = "bid"
"""The one page of the short form, with all three parts."""


@dataclass(frozen=True, slots=True)
class BidAnswer:
    """One answer, the question in a few words, and the page of the form that asks it."""

    page: str
    question: str
    text: str


def answers_of(new: NewBid, round_: Round) -> list[BidAnswer]:
    """Every answer of a bid as it was typed."""
    pages = ((GROUP, _group(new)), (PROJECT, _project(new, round_)), (MONEY, _money(new, round_)))
    return [
        BidAnswer(WHOLE if round_.has_short_form else page, question, text or "–")
        for page, told in pages
        for question, text in told
    ]


def _group(new: NewBid) -> Iterator[tuple[str, str]]:
    yield "Name of the group", new.group_name
    if new.say_it:
        yield "How to say it", new.say_it
    yield "Kind of group", KIND_WORDS[new.kind]
    if new.kind is GroupKind.INFORMAL:
        yield "Who holds the money", new.money_holder
    else:
        yield "Charity or company number", show_registered(new.registered_number) or "None"
    if new.contact_name:
        yield "Contact", _person(new.contact_name, new.email, new.phone)
    if new.second_name:
        yield "Second contact", _person(new.second_name, new.second_email, new.second_phone)


def _person(*known: str) -> str:
    return "\n".join(filter(None, known))


def _project(new: NewBid, round_: Round) -> Iterator[tuple[str, str]]:
    yield "Project", new.title
    yield "What it would do with the money", new.summary
    if new.who_benefits or not round_.has_short_form:
        yield "Who would benefit", new.who_benefits
    if new.ward_id or new.postcode or not round_.has_short_form:
        yield "Ward or postcode", _place(new)
    yield AT_RISK_QUESTION, "Yes" if new.works_with_people_at_risk else "No"
    if new.papers:
        yield PAPERS_QUESTION, PAPERS[new.papers]
    for question in round_.questions:
        if question.key in new.answers:
            yield question.text, new.answers[question.key]


def _place(new: NewBid) -> str:
    ward = db.session.get(Ward, new.ward_id) if new.ward_id else None  # which may have gone from the council's map
    return ", ".join(filter(None, (ward.name if ward else "", new.postcode))) or "All over, or not sure"


def _money(new: NewBid, round_: Round) -> Iterator[tuple[str, str]]:
    names = names_of(new.asks)
    for locality_id, pence in new.asks.items():
        yield f"Asked of {names[locality_id]}", format_money(pence, round_.currency)
    if new.lines:
        lines = (f"{what}: {format_money(pence, round_.currency)}" for what, pence in new.lines)
        yield "What the money would buy", "\n".join(lines)


def in_words(answers: Iterable[BidAnswer]) -> str:
    """The answers as a letter holds them: a short one beside its question, a longer one under it."""
    return "\n\n".join(
        f"{answer.question}:{chr(10) if chr(10) in answer.text or len(answer.text) > 60 else ' '}{answer.text}"
        for answer in answers
    )


def as_typed(bid: Bid) -> NewBid:
    """A bid as its group would type it now, with the contacts that the group has."""
    group = bid.group
    first, second = ([*group.contacts, None, None] if group else [None, None])[:2]
    return NewBid(
        group_name=group.name if group else "",
        registered_number=group.registered_number if group else "",
        contact_name=first.account.name if first else group.contact_by_post if group else "",
        email=first.account.email if first else "",
        phone=first.phone if first else "",
        title=bid.title,
        summary=bid.summary,
        who_benefits=bid.who_benefits,
        ward_id=bid.ward_id,
        asks={ask.locality_id: ask.ask_pence for ask in bid.asks},
        lines=[(line.what, line.line_pence) for line in bid.lines],
        kind=group.kind if group else GroupKind.INFORMAL,
        money_holder=group.money_holder if group else "",
        say_it=group.say_it if group else "",
        second_name=second.account.name if second else "",
        second_email=second.account.email if second else "",
        second_phone=second.phone if second else "",
        postcode=bid.postcode,
        works_with_people_at_risk=bid.works_with_people_at_risk,
        papers=bid.papers,
        answers=bid.answers,
    )
