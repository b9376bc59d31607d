"""What people are written about needs and offers. Nothing here commits.

A card's author is reached here and nowhere else: a page never shows how.
"""

from collections.abc import Iterator, Sequence

from flask import current_app

from pbvote.addresses import answer_to_card_page, own_card_page
from pbvote.code_tags import tag_of
from pbvote.core.codes import in_groups, new_code
from pbvote.fields.text import read_email
from pbvote.filters import day
from pbvote.grants.network.models import WallAnswer, WallCard
from pbvote.mail.service import write_letter

_UNCONFIRMED = "If it was not you, do nothing. We delete this after 7 days."


def ask_to_confirm(answer: WallAnswer, code: str) -> None:
    """Ask whether the address is theirs, before anything is passed on. It holds nothing that anybody typed."""
    parts = (
        "Somebody has answered a card on one of our walls with this e-mail address.",
        "Was it you? Open this link and press the button. Then we pass your words on:",
        answer_to_card_page(in_groups(code)),
        f"If the link does not open, go to {answer_to_card_page()} and type {in_groups(code)}",
        _UNCONFIRMED,
    )
    write_letter(answer.email, "Shall we pass your answer on?", _page(parts), is_kept=False)


def pass_on(answer: WallAnswer, card: WallCard, own: WallCard | None) -> None:
    """Give a card's author what somebody answered."""
    offers = "offers to help with" if card.is_need else "could use"
    parts = (
        f"Somebody {offers} this: “{card.sentence}”",
        f"{answer.name} writes:\n{answer.words}",
        f"They say of themselves: “{own.sentence}” ({own.by})" if own else "",
        f"Answer them directly: {answer.email}",
        "Once you have, press the button behind this link:",
    )
    write_to_author(card, "Somebody answers your card", parts)


def introduce_to_each_other(need: WallCard, offer: WallCard) -> None:
    """One letter to each, with the other's name and the address that they agreed to pass on."""
    for card, other, leads in ((need, offer, "Write to them"), (offer, need, "They may write to you, too")):
        parts = (
            f"We would like you to know each other. Your card says: “{card.sentence}”",
            f"{other.by} says: “{other.sentence}”",
            f"Whom to write to: {who_is_reached(other)}",
            f"{leads}, and see what comes of it. We ask in three weeks whether it helped."
            if card.is_need
            else f"{leads}. They have your name and address from us, as you agreed.",
            "Did it help? Press the button behind this link:"
            if card.is_need
            else "Does it not suit you any more? Press the button behind this link:",
        )
        write_to_author(card, f"We introduce you: {other.by}", parts)


def ask_whether_it_helped(need: WallCard, offer: WallCard) -> None:
    """Ask the need's group, three weeks after an introduction."""
    parts = (
        f"We introduced you to {offer.by}, who says: “{offer.sentence}”",
        f"Your need was: “{need.sentence}”",
        "Has it helped? One press says yes or not yet:",
    )
    write_to_author(need, "Has it helped?", parts)


def ask_whether_still_so(card: WallCard) -> None:
    """Ask a week before a card leaves the wall."""
    parts = (
        f"Your card is on the wall of {card.locality.name}: “{card.sentence}”",
        f"It leaves the wall after {day(card.ends_on)}. Is it still so? One press keeps it for eight weeks more:",
    )
    write_to_author(card, "Is it still so?", parts)


def say_it_fell_through(card: WallCard, other: WallCard) -> None:
    """The other side can't, or it came to nothing: the card is open again."""
    parts = (
        f"Nothing comes of our introduction to {other.by}: “{other.sentence}”",
        f"Your card is open on the wall again: “{card.sentence}”",
        "Is that not so any more? Press the button behind this link:",
    )
    write_to_author(card, "Your card is open again", parts)


def say_taken_down(card: WallCard) -> None:
    """It was taken down, and why."""
    parts = (
        f"We have taken your card off the wall of {card.locality.name}: “{card.sentence}”",
        f"The reason: {card.taken_down}",
        "You can write another one in other words. What became of this one stands behind this link:",
    )
    write_to_author(card, "Your card was taken down", parts)


def write_to_author(card: WallCard, subject: str, parts: Sequence[str]) -> None:
    """Write to whoever a card is of, with a link that lets them say how it stands.

    A newer letter's link takes the place of an older one's. Where a resident left only a telephone number, nobody is
    written to: an organiser rings.
    """
    readers = list(_readers(card))
    if not readers:
        return
    code = new_code()
    card.tag = tag_of("wall card", code)
    for name, email in readers:
        words = (f"Dear {name},", *parts, own_card_page(in_groups(code)))
        write_letter(email, subject, _page(words), is_kept=not card.volunteer_id)


def _readers(card: WallCard) -> Iterator[tuple[str, str]]:
    if card.award:
        contacts = card.award.bid.group.contacts if card.award.bid.group else ()
        yield from ((each.account.name, each.account.email) for each in contacts if not each.account.is_disabled)
    elif card.volunteer:
        if email := email_of(card.volunteer.contact):
            yield card.volunteer.name, email
    elif card.account and not card.account.is_disabled:
        yield card.account.name, card.account.email


def email_of(contact: str) -> str:
    """The address, where a resident left one; "" for a telephone number."""
    try:
        return read_email(contact)
    except ValueError:
        return ""


def who_is_reached(card: WallCard) -> str:
    """Name and address that a card's author agreed to pass on; "" where nobody did, or they can't come in any more."""
    if card.volunteer:
        return f"{card.volunteer.name}, {card.volunteer.contact}"
    if card.account and not card.account.is_disabled:
        return f"{card.account.name}, {card.account.email}"
    return ""


def _page(parts: Sequence[str]) -> str:
    return "\n\n".join((*filter(None, parts), str(current_app.config["COUNCIL_NAME"]))) + "\n"
