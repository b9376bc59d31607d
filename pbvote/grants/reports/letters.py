"""What groups are written about their reports. Nothing here commits."""

import datetime as dt

from pbvote.addresses import offers_page
from pbvote.call.checking.checklist import rules_of
from pbvote.call.checking.letters import whom_to_ask
from pbvote.core.money import format_money
from pbvote.filters import day
from pbvote.grants.awards.models import Award
from pbvote.grants.mentors.letters import write_to
from pbvote.grants.reports.models import ChangeKind, ChangeRequest
from pbvote.people.models import Account


def _tell(award: Award, subject: str, *parts: str) -> None:
    """Write to everybody who speaks for the group, with the way to their grant."""
    for contact in award.bid.group.contacts if award.bid.group else ():
        write_to(contact.account, subject, parts, offers_page(award.bid_id))


def _money(award: Award, pence: int) -> str:
    return format_money(pence, award.event.share.round.currency)


def _ask(award: Award, question: str) -> str:
    return whom_to_ask(rules_of(award.event.share.round_id), question)


def say_written_down(award: Award, by: Account) -> None:
    """Somebody wrote down what the group told."""
    _tell(
        award,
        f"Your report about “{award.bid.title}”",
        f"{by.name} has written down what you told them about “{award.bid.title}”. It is your report.",
        "You can read it under My grants. Is something wrong? Ask there to correct it.",
    )


def say_receipts_asked(award: Award, reason: str) -> None:
    """An officer asks for photos of receipts with the report."""
    _tell(
        award,
        f"Please keep your receipts for “{award.bid.title}”",
        f"We ask for photos of your receipts for “{award.bid.title}”, with your report. This is why: {reason}",
        "You add them on the page of your report. Is one missing? Say there why.",
    )


def say_receipts_not_asked(award: Award) -> None:
    """An officer no longer asks for them."""
    _tell(
        award,
        f"We do not need your receipts for “{award.bid.title}”",
        f"We asked for photos of your receipts for “{award.bid.title}”. You do not need to send them any more.",
    )


def say_report_open(award: Award, why: str) -> None:
    """The group can correct its report."""
    _tell(
        award,
        f"You can correct your report about “{award.bid.title}”",
        f"Your report about “{award.bid.title}” is open. This is to be put right: {why}",
        "What you sent stays on record. You can tell your mentor or us instead of writing.",
    )


def say_report_stays(award: Award) -> None:
    """The report is shut again, as it was."""
    _tell(
        award,
        f"Your report about “{award.bid.title}” stays as it is",
        f"You do not need to correct your report about “{award.bid.title}” any more. It stays as you sent it.",
    )


def say_asked(award: Award, due_on: dt.date, by: Account) -> None:
    """An officer asks for a report that is late."""
    title, rules = award.bid.title, award.event.share.round.grant_rules
    _tell(
        award,
        f"Your report on “{title}”",
        f"We have not had your report on “{title}” yet. It was due by {day(due_on)}.",
        f"We ask for {rules.asks_for(award.award_pence)}. You may tell your mentor instead, or ring us.",
        "Is something in the way? Write us a sentence, and we find a way.",
        by.name,
    )


def say_thanks(award: Award, words: str, by: Account) -> None:
    """The thank-you, as an officer worded it."""
    who = f"{by.name} read your report. You find this thank-you under My grants, too."
    _tell(award, f"Thank you for your report about “{award.bid.title}”", words, who)


def say_used(award: Award, used_in: str) -> None:
    """What became of the report."""
    _tell(
        award,
        f"Your report about “{award.bid.title}” was used",
        f"What you told us about “{award.bid.title}” was used: {used_in}",
        "Thank you again for taking the time.",
    )


def say_keep(award: Award, pence: int) -> None:
    """The group keeps what is left."""
    _tell(
        award,
        f"Please keep the {_money(award, pence)} that is left",
        f"You told us that {_money(award, pence)} of your grant for “{award.bid.title}” is left.",
        "Please keep it, and spend it for the same purpose.",
    )


def say_send_back(award: Award, pence: int) -> None:
    """The group sends back what is left."""
    _tell(
        award,
        f"About the {_money(award, pence)} that is left",
        f"You told us that {_money(award, pence)} of your grant for “{award.bid.title}” is left.",
        f"Please send it back. {_ask(award, 'How?')} We never ask for bank details by e-mail.",
    )


def say_change_answered(award: Award, change: ChangeRequest) -> None:
    """What an officer says to what the group asked."""
    asked = f"You asked about “{award.bid.title}”: “{change.words}”"
    if not change.is_granted:
        _tell(award, "About what you asked", asked, f"We can’t agree to that. {change.answer}")
    elif change.ends_on:
        _tell(award, f"You have more time: until {day(award.ends_on)}", asked, f"Yes. {change.answer}")
    elif change.kind is ChangeKind.CORRECT_REPORT:
        _tell(award, f"You can correct your report about “{award.bid.title}”", asked, f"Yes. {change.answer}")
    else:
        _tell(award, "You can spend it differently", asked, f"Yes. {change.answer}")


def say_closed(award: Award) -> None:
    """There is nothing left to do."""
    _tell(
        award,
        f"“{award.bid.title}” is finished: thank you",
        f"Your grant for “{award.bid.title}” is closed. There is nothing left for you to do.",
        f"Thank you for what you did for {award.event.share.locality.name}. You are welcome to bid again.",
    )
