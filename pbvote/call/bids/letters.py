"""What groups are written about their bids. Nothing here commits."""

from collections.abc import Iterable

from flask import current_app

from pbvote.access import Role
from pbvote.addresses import base_url, confirmation_page
from pbvote.call.bids.models import Bid, SentBid
from pbvote.call.rounds.occasions import Occasion, occasions_of
from pbvote.core.codes import in_groups
from pbvote.core.money import format_money
from pbvote.filters import day, hours
from pbvote.localities.service import locality_names
from pbvote.mail.service import write_letter
from pbvote.people.links import mail_link
from pbvote.people.models import Account, LinkPurpose


def ask_to_confirm(sent: SentBid, code: str) -> None:
    """Ask the contact whether the bid is theirs.

    The letter goes to whatever address somebody typed. So it holds two short lines of what they typed, and not the
    whole: the council carries no stranger's text to people who never asked for it.
    """
    new, config, last = sent.new, current_app.config, day(sent.expires_at)
    what = f"Group: {new.group_name}\nProject: {new.title}"
    parts = (
        f"Dear {new.contact_name},",
        f"Somebody has sent a bid in {sent.round.name} with your e-mail address.\n{what}",
        f"It counts once you say that it is yours. Open this link by {last}, read what was sent, and press the button:",
        confirmation_page(sent.round.slug, in_groups(code)),
        f"If the link does not open, go to {confirmation_page(sent.round.slug)} and type {in_groups(code)}",
        f"If you know nothing of this bid, do nothing: then it does not count. Questions: {config['CONTACT_EMAIL']}",
        config["COUNCIL_NAME"],
    )
    write_letter(new.email, f"Is this your bid? {new.title}", "\n\n".join(parts) + "\n")


def say_received(bid: Bid, contact: Account, phone: str) -> None:
    """Tell the contact the bid's number, with a copy of every answer."""
    sentence = f"We have your bid “{bid.title}”. Its number is {bid.reference}. Organisers check it and write to you."
    when = when_and_where(bid.round_id, [ask.locality_id for ask in bid.asks])
    copy = "\n\n".join(_answers(bid, contact, phone))
    tell(contact, f"We have your bid {bid.reference}", f"{sentence}\n\n{when}", f"What you sent us\n\n{copy}")


def _answers(bid: Bid, contact: Account, phone: str) -> Iterable[str]:
    """Every answer of the form under its question, then the amounts."""
    currency, group = bid.round.currency, bid.group
    names = locality_names()
    yield f"Name of your group: {group.name if group else ''}"
    yield f"Charity or company number: {(group and group.registered_number) or 'None'}"
    yield f"Your full name: {contact.name}\nE-mail address: {contact.email}\nTelephone number: {phone or 'None'}"
    yield f"Project: {bid.title}"
    yield f"What you would do with the money:\n{bid.summary}"
    yield f"Who would benefit:\n{bid.who_benefits}"
    yield f"Ward: {bid.ward.name if bid.ward else 'All over, or not sure'}"
    yield "\n".join(f"You ask {names[ask.locality_id]} for {format_money(ask.ask_pence, currency)}" for ask in bid.asks)
    lines = (f"- {line.what}: {format_money(line.line_pence, currency)}" for line in bid.lines)
    yield "What the money would buy:\n" + "\n".join(lines)


def say_shortlisted(bid: Bid) -> None:
    """Tell the group that its bid goes to the vote, and when and where."""
    localities = [ask.locality_id for ask in bid.asks]
    when = when_and_where(bid.round_id, localities)
    planned = occasions_of(bid.round_id, localities).values()
    has_meeting = not planned or not all(occasion.lasts_days for occasion in planned)
    how = "At the event you tell residents about it, and they vote." if has_meeting else "Residents read it, and vote."
    sentence = f"Your bid “{bid.title}” is on the ballot. {how}"
    tell_group(bid, f"Your bid {bid.reference} goes to the vote", f"{sentence}\n\n{when}")


def when_and_where(round_id: int, locality_ids: Iterable[int]) -> str:
    """The day, hours and place of each locality's event, or where they will be found."""
    return "\n".join(planned_in_words(round_id, locality_ids).values())


def planned_in_words(round_id: int, locality_ids: Iterable[int]) -> dict[int, str]:
    """The same sentence by sentence, by locality id, in two statements."""
    wanted, names = list(locality_ids), locality_names()
    planned = occasions_of(round_id, wanted)
    return {locality_id: _planned(names[locality_id], planned.get(locality_id)) for locality_id in wanted}


def _planned(name: str, occasion: Occasion | None) -> str:
    if occasion is None:
        return f"The day and place of the event in {name} come later. You will find them at {base_url()}/"
    return f"The event in {name}: {hours(occasion.starts_at, occasion.ends_at)}, {occasion.place}."


def tell_group(bid: Bid, subject: str, sentence: str) -> None:
    """Write to everybody who speaks for the bid's group."""
    if bid.group:
        for contact in bid.group.contacts:
            tell(contact.account, subject, sentence)


def tell(contact: Account, subject: str, sentence: str, closing: str = "") -> None:
    """Write to a contact; whoever has no password gets a link that signs in."""
    if contact.roles == {Role.GROUP_CONTACT}:
        how = (
            f"You need no password. Ask for a link that signs you in at {base_url()}/sign-in/by-mail whenever you want"
        )
        opening = f"{sentence}\n\n{how}, or use this one. It works once, within an hour:"
        mail_link(contact, LinkPurpose.SIGN_IN, subject, opening, closing)
    else:
        parts = (f"Dear {contact.name},", sentence, f"Sign in: {base_url()}/sign-in", closing)
        write_letter(contact.email, subject, "\n\n".join(filter(None, parts)) + "\n")
