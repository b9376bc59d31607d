"""What groups are written when they accept. Nothing here commits."""

from collections.abc import Sequence

from flask import current_app

from pbvote.addresses import offers_page, second_person_page
from pbvote.core.codes import in_groups
from pbvote.core.money import format_money
from pbvote.filters import day
from pbvote.grants.awards.models import Award
from pbvote.grants.promises.models import Acceptance, Promise
from pbvote.grants.promises.paper import paper_of
from pbvote.mail.service import write_letter
from pbvote.people.models import Account

FILE_NAME = "what-you-accepted.pdf"


def ask_second(acceptance: Acceptance, code: str) -> None:
    """Ask the second person to confirm. The letter holds what they need to know it by, and nothing more."""
    config, typed = current_app.config, in_groups(code)
    amount = _amount(acceptance)
    parts = (
        f"Dear {acceptance.second_name},",
        f"{acceptance.name} has accepted {amount} for {acceptance.group_name}: “{acceptance.project}”.",
        "A second person of the group confirms an award of this size, and they named you.",
        "Open this link, read what was accepted, and press the button:",
        second_person_page(typed),
        f"If the link does not open, go to {second_person_page()} and type {typed}",
        f"If you know nothing of this, do nothing, and write to {config['CONTACT_EMAIL']}.",
        config["COUNCIL_NAME"],
    )
    write_letter(acceptance.second_email, f"Please confirm: {amount} for {acceptance.group_name}", _letter(parts))


def send_copy(award: Award, acceptance: Acceptance, promises: Sequence[Promise], contacts: Sequence[Account]) -> None:
    """Send everybody who accepted a copy as a PDF: the contacts, and whoever confirmed it."""
    paper = paper_of(award, acceptance, promises)
    page = f"It is all under My grants, too: {offers_page(award.bid_id)}"
    readers = [(contact.name, contact.email, page) for contact in contacts if not contact.is_disabled]
    if acceptance.second_email:
        readers.append((acceptance.second_name, acceptance.second_email, ""))  # they may have no account
    for name, email, where in readers:
        words = _copy_letter(acceptance, promises, name, where)
        write_letter(email, f"You accepted {_amount(acceptance)}", words, pdfs={FILE_NAME: paper})


def _copy_letter(acceptance: Acceptance, promises: Sequence[Promise], name: str, where: str) -> str:
    promised = "\n".join(f"– {promise.words} By {day(promise.due_on)}." for promise in promises)
    return _letter(
        (
            f"Dear {name},",
            f"Thank you. {acceptance.group_name} has accepted {_amount(acceptance)} for “{acceptance.project}”.",
            "What you accepted is attached.",
            f"What you promised\n{promised}",
            "The council sends you the agreement next. Then somebody rings you about the money.",
            where,
            current_app.config["COUNCIL_NAME"],
        )
    )


def _amount(acceptance: Acceptance) -> str:
    return format_money(acceptance.award_pence, acceptance.award.event.share.round.currency)


def _letter(parts: Sequence[str]) -> str:
    return "\n\n".join(filter(None, parts)) + "\n"
