"""What groups read once the council has decided. Each letter is made from plain facts, so a page can show it first."""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import replace

from flask import current_app

from pbvote.addresses import offers_page, result_page
from pbvote.call.bids.letters import way_in
from pbvote.call.bids.models import Bid
from pbvote.call.checking.letters import CODE_TO_COME, PlannedLetter, whom_to_ask
from pbvote.core.money import format_money
from pbvote.filters import day
from pbvote.grants.awards.facts import Facts
from pbvote.grants.awards.hearing import DecisionPlan, Hearing
from pbvote.grants.awards.models import DAYS_TO_ANSWER, AwardDecisionKind, Told
from pbvote.grants.awards.split import OtherPart, PartStatus
from pbvote.people.models import Account
from pbvote.tally.outcome import Verdict

LONGEST_PROMISE = 200


def letters_for(plan: DecisionPlan, facts: Facts) -> list[tuple[Hearing, PlannedLetter]]:
    """Each group's letter, without the way in that its reader needs."""
    return [(hearing, letter_for(hearing, facts)) for hearing in plan.hearings]


def letter_for(hearing: Hearing, facts: Facts) -> PlannedLetter:
    """One bid's letter."""
    subject, parts = _WRITERS[hearing.told](hearing, facts)
    return PlannedLetter(subject, "\n\n".join(part for part in parts if part))


Written = tuple[str, Iterator[str]]


def _offer(hearing: Hearing, facts: Facts) -> Written:
    amount, asked = facts.money(hearing.pence), facts.money(hearing.bid.ask_of(facts.event.share.locality_id))
    is_part = hearing.told is Told.PART
    subject = f"Your grant: {amount} of the {asked} that you asked for" if is_part else f"Your grant: {amount}"
    return subject, _offer_parts(hearing, facts, amount, asked)


def _offer_parts(hearing: Hearing, facts: Facts, amount: str, asked: str) -> Iterator[str]:
    bid = hearing.bid
    group = bid.group.name if bid.group else "your group"
    title = _titled(bid)
    if facts.kind is AwardDecisionKind.NEXT:
        yield f"We wrote to you that {facts.whoever_chose} did not choose {title} this time."
        yield (
            "Since then another group could not take its grant. By the same votes, your bid is the next in line. "
            f"The council now offers {group} {amount}."
        )
    elif hearing.told is Told.PART:
        yield f"Good news: the council offers {group} {amount} for {title}."
    else:
        offer = f"The council offers {group} {amount}{_split_up(hearing)}."
        yield f"Good news: {facts.whoever_chose} chose {title}. {offer}"
    if hearing.told is Told.PART:
        yield (
            f"You asked for {asked}, and {amount} is left in {facts.place}. Can your project go ahead with that? "
            "You decide. If it can’t, decline the offer: that is no mark against you."
        )
    yield _how_it_did(hearing, facts)
    yield from _of_other_parts(hearing, facts)
    if promise := promise_of(bid):
        yield f"What you told people\n“{promise}”"
    yield _what_we_ask(hearing, facts)
    yield whom_to_ask(facts.rules, "Questions?")
    yield _how_to_answer(hearing, facts)


def _lost(hearing: Hearing, facts: Facts) -> Written:
    return f"About your bid {hearing.bid.reference}", _lost_parts(hearing, facts)


def _lost_parts(hearing: Hearing, facts: Facts) -> Iterator[str]:
    yield f"Thank you for your bid {_titled(hearing.bid)}, and for the work that you put into it."
    yield f"We are sorry: {facts.whoever_chose} did not choose it this time."
    yield _how_it_did(hearing, facts)
    if hearing.turn and hearing.turn.step.verdict is Verdict.DOES_NOT_FIT:
        left, asked = facts.money(hearing.turn.step.left_before), facts.money(hearing.turn.step.ask)
        where = " there" if hearing.others else ""
        said = f"When its turn came, {left} was left in {facts.place}. You asked for {asked}{where}."
        yield " ".join(filter(None, (said, facts.smaller_than(hearing.turn.step))))
    if chosen := _listed(part for part in hearing.others if part.standing is PartStatus.FUNDED):
        yield f"It was chosen in {chosen}. A bid that is split gets its money only if every locality chooses it."
    yield "There were more good bids than money, and this says nothing against yours."
    yield from _what_next(facts)


def _not_elsewhere(hearing: Hearing, facts: Facts) -> Written:
    return f"About your bid {hearing.bid.reference}", _not_elsewhere_parts(hearing, facts)


def _not_elsewhere_parts(hearing: Hearing, facts: Facts) -> Iterator[str]:
    missing = _listed(part for part in hearing.others if part.standing is PartStatus.NOT_FUNDED)
    yield f"Thank you for your bid {_titled(hearing.bid)}, and for the work that you put into it."
    yield f"{_at_start(facts.whoever_chose)} chose it. But you also asked {missing}, where it was not chosen."
    yield (
        "A bid that is split gets its money only if every locality chooses it. "
        "We are sorry: so we can’t offer you a grant this time."
    )
    yield _how_it_did(hearing, facts)
    yield from _what_next(facts)


def _waits(hearing: Hearing, facts: Facts) -> Written:
    return f"Your bid {hearing.bid.reference} was chosen in {facts.place}", _waits_parts(hearing, facts)


def _waits_parts(hearing: Hearing, facts: Facts) -> Iterator[str]:
    waits = _listed(part for part in hearing.others if part.standing is PartStatus.WAITS)
    yield f"Good news: {facts.whoever_chose} chose your bid {_titled(hearing.bid)}."
    yield f"You also asked {waits}. The result there is not public yet."
    yield "A bid that is split gets its money only if every locality chooses it. We write to you as soon as we know."
    yield _how_it_did(hearing, facts)
    yield whom_to_ask(facts.rules, "Questions?")


_WRITERS = {
    Told.WON: _offer,
    Told.PART: _offer,
    Told.LOST: _lost,
    Told.NOT_ELSEWHERE: _not_elsewhere,
    Told.WAITS: _waits,
}


def _titled(bid: Bid) -> str:
    return f"“{bid.title}” ({bid.reference})"


def _at_start(words: str) -> str:
    return words[:1].upper() + words[1:]


def _listed(parts: Iterator[OtherPart]) -> str:
    """``Urmston``, ``Sale and Urmston``."""
    names = [part.locality.name for part in parts]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _split_up(hearing: Hearing) -> str:
    """``: £284 from Sale and £284 from Urmston`` where it comes from several."""
    if len(hearing.offers) == 1:
        return ""
    currency = hearing.offers[0].event.share.round.currency
    parts = [
        f"{format_money(offer.pence, currency)} from {offer.event.share.locality.name}" for offer in hearing.offers
    ]
    return f": {', '.join(parts[:-1])} and {parts[-1]}"


def _how_it_did(hearing: Hearing, facts: Facts) -> str:
    """Its own figures and nobody else's; "" where totals are not shown."""
    figures = facts.figures.get(hearing.bid.id)
    if figures is None:
        return ""
    got = f"{figures.total:,} {facts.unit[:-1] if figures.total == 1 else facts.unit}"
    if figures.place == 1 and not figures.is_level:
        return f"Your bid got {got}, the most in {facts.place}."
    return f"Your bid got {got}. That is place {figures.place} of {figures.of} in {facts.place}."


def _of_other_parts(hearing: Hearing, facts: Facts) -> Iterator[str]:
    """What becomes of a part that another locality chose and that another letter offers."""
    here = {offer.event.share.locality_id for offer in hearing.offers}
    for part in hearing.others:
        if part.standing is PartStatus.FUNDED and part.locality.id not in here:
            amount = facts.money(part.pence)
            yield f"You also asked {part.locality.name} for {amount}. The offer of that part has a letter of its own."


def promise_of(bid: Bid) -> str:
    """What the group told residents that it would do, in a line: the first sentence of its bid."""
    said = " ".join((bid.summary or bid.who_benefits).split())
    first = re.split(r"(?<=[.!?])\s", said, maxsplit=1)[0]
    return textwrap.shorten(first, LONGEST_PROMISE, placeholder=" …")


def _what_we_ask(hearing: Hearing, facts: Facts) -> str:
    """What is asked of the group, by the size of its grant, and when."""
    grants = facts.grants
    by = f"by {day(grants.ends_on)}" if grants.ends_on else "within a year"
    return (
        f"What we will ask of you\nPlease spend the money {by}. "
        f"When your project is over, we ask for {grants.asks_for(hearing.pence)}. "
        "Until then a member of your Locality Partnership stays in touch, and helps where they can."
    )


def _how_to_answer(hearing: Hearing, facts: Facts) -> str:
    """On their page, to which the letter leads; a group without an e-mail address says it to somebody."""
    group, rules = hearing.bid.group, facts.rules
    if group and group.contacts:
        return (
            "How to answer\nAccept the offer on your page, or decline it there. "
            f"Please answer within {DAYS_TO_ANSWER} working days."
        )
    if rules.person and rules.telephone:
        return f"How to answer\nTell {rules.person.name} whether you accept the offer: ring {rules.telephone}."
    return f"How to answer\nWrite to {current_app.config['COUNCIL_NAME']}, and say whether you accept the offer."


def _what_next(facts: Facts) -> Iterator[str]:
    """What a group without a grant can do now."""
    if facts.grants.other_funds:
        yield f"Other money\n{facts.grants.other_funds}"
    yield whom_to_ask(facts.rules, "Would you like to talk it through?")
    yield f"The whole result is here:\n\n{result_page(facts.event.slug)}"
    yield "You are welcome to bid again."


def with_way_in(hearing: Hearing, letter: PlannedLetter, contact: Account, code: str = CODE_TO_COME) -> PlannedLetter:
    """The letter to one contact: an offer ends with the way to it, a link with this code for whoever needs one."""
    if not hearing.told.is_offer:
        return letter
    return replace(letter, body=f"{letter.body}\n\n{way_in(contact, offers_page(hearing.bid.id), code)}")
