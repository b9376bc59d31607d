"""What an address that wants to know is written. None of these letters stays in the outbox once it has left."""

from collections.abc import Sequence

from flask import current_app

from pbvote.addresses import change_telling_page, confirm_telling_page, meetings_page, stop_telling_page
from pbvote.core.codes import in_groups
from pbvote.localities.models import Locality
from pbvote.mail.service import write_letter
from pbvote.partnership.telling.kinds import PieceOfNews
from pbvote.partnership.telling.models import Subscriber

_BY_HAND = "If the link does not open, go to {address} and type {code}"


def ask_to_confirm_telling(subscriber: Subscriber, locality: Locality) -> None:
    """Ask whether the address is theirs. It holds nothing that anybody typed."""
    code = in_groups(subscriber.code)
    parts = (
        f"Somebody has asked us to tell you by e-mail what the partnership in {locality.name} does.",
        "Was it you? Open this link and press the button:",
        confirm_telling_page(code),
        _BY_HAND.format(address=confirm_telling_page(), code=code),
        "If it was not you, do nothing. We delete your address after 7 days.",
    )
    _write(subscriber, f"Shall we tell you what happens in {locality.name}?", parts)


def say_told_already(subscriber: Subscriber, locality: Locality) -> None:
    """Whoever asks again reads how to change it: the page says the same to everybody."""
    parts = (
        f"Somebody has asked us to tell you by e-mail what the partnership in {locality.name} does. We do already.",
        "You need not do anything.",
    )
    _write(subscriber, f"We tell you already what happens in {locality.name}", (*parts, *_links(subscriber)))


def ask_about_question(subscriber: Subscriber, locality: Locality) -> None:
    """Ask an address that is told already whether a question beside it is theirs."""
    code = in_groups(subscriber.code)
    parts = (
        f"Somebody has asked a question before a meeting in {locality.name}, and left this address.",
        "Was it you? Open this link and press the button. Then we tell you when it is answered:",
        confirm_telling_page(code),
        _BY_HAND.format(address=confirm_telling_page(), code=code),
        "If it was not you, do nothing.",
    )
    _write(subscriber, "Shall we tell you when your question is answered?", (*parts, *_links(subscriber)))


def tell_what_happened(
    subscriber: Subscriber, locality: Locality, happenings: Sequence[PieceOfNews], *, is_last: bool
) -> None:
    """One line for each thing, and where it can be read."""
    lines = "\n\n".join(f"{each.line}\n{each.page}" for each in happenings)
    if is_last:
        ends: Sequence[str] = ("This was all that we were to tell you, so we have deleted your address.",)
    else:
        ends = ("You get one such letter a day at most.", *_links(subscriber))
    more = f"All meetings: {meetings_page(locality.slug)}"
    subject = happenings[0].line if len(happenings) == 1 else f"{len(happenings)} things from {locality.name}"
    parts = (f"From the partnership in {locality.name}:", lines, more, *ends)
    _write(subscriber, subject, parts, is_last=is_last)


def _links(subscriber: Subscriber) -> tuple[str, str]:
    return (
        f"Change what we tell you: {change_telling_page(in_groups(subscriber.code))}",
        f"Stop these letters: {stop_telling_page(subscriber.stop_code)}",
    )


def _write(subscriber: Subscriber, subject: str, parts: Sequence[str], *, is_last: bool = False) -> None:
    body = "\n\n".join((*parts, str(current_app.config["COUNCIL_NAME"]))) + "\n"
    stops_at = "" if is_last else stop_telling_page(subscriber.stop_code)
    write_letter(subscriber.email, subject, body, is_kept=False, stops_at=stops_at)
