"""What groups are written about their bids. Nothing here commits."""

from collections.abc import Iterable

from flask import current_app

from pbvote.addresses import base_url, calendar_file, confirmation_page, link_by_mail_page, sign_in_page
from pbvote.call.bids.answers import answers_of, as_typed, in_words
from pbvote.call.bids.models import Bid, SentBid
from pbvote.call.rounds.models import Share
from pbvote.call.rounds.occasions import Occasion, occasions_of
from pbvote.call.rounds.preview import groups_part
from pbvote.core.codes import in_groups
from pbvote.filters import day, hour, hours
from pbvote.localities.service import locality_names
from pbvote.mail.service import write_letter
from pbvote.people.links import life_of, link_address, mail_link
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


def say_received(bid: Bid, contact: Account) -> None:
    """Tell the contact the bid's number, with a copy of every answer."""
    opening, copy = received_words(bid)
    tell(contact, f"We have your bid {bid.reference}", opening, copy)


def received_words(bid: Bid) -> tuple[str, str]:
    """What a group is told once its bid stands, and the copy of its answers: by e-mail, or printed and posted."""
    sentence = f"We have your bid “{bid.title}”. Its number is {bid.reference}. Organisers check it and write to you."
    return f"{sentence}\n\n{_when(bid)}", _copy(bid, "What you sent us")


def say_changed(bid: Bid, contact: Account) -> None:
    """Tell whoever changed a bid that it is changed, with a copy of every answer."""
    sentence = f"Your bid {bid.reference} is changed, as you asked."
    tell(contact, f"Your bid {bid.reference} is changed", f"{sentence}\n\n{_when(bid)}", _copy(bid, "It now says"))


def _when(bid: Bid) -> str:
    return when_and_where(bid.round_id, [ask.locality_id for ask in bid.asks])


def _copy(bid: Bid, heading: str) -> str:
    return f"{heading}\n\n{in_words(answers_of(as_typed(bid), bid.round))}"


def say_shortlisted(bid: Bid) -> None:
    """Tell the group that its bid goes to the vote, when and where, and how long it may speak."""
    sentence = f"Your bid “{bid.title}” is on the ballot."
    tell_group(bid, f"Your bid {bid.reference} goes to the vote", f"{sentence}\n\n{on_the_ballot(bid)}")


def on_the_ballot(bid: Bid) -> str:
    """What is planned for a bid on the ballot, in each locality that it asks."""
    localities = {ask.locality_id for ask in bid.asks}
    shares = [share for share in bid.round.shares if share.locality_id in localities]
    return "\n\n".join(vote_in_words(bid.round_id, shares).values())


def vote_in_words(round_id: int, shares: Iterable[Share]) -> dict[int, str]:
    """By locality id: when and where its residents vote, and what a group on the ballot does there."""
    parts = {share.locality_id: groups_part(share) for share in shares}
    return {where: f"{said}\n{parts[where]}" for where, said in planned_in_words(round_id, parts).items()}


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
    said = f"The event in {name}: {hours(occasion.starts_at, occasion.ends_at)}, {occasion.place}."
    if not occasion.lasts_days:
        said += f" Doors open at {hour(occasion.doors_at)}; be there by then."
    return said + (f" For your calendar: {calendar_file(occasion.page)}" if occasion.page else "")


def tell_group(bid: Bid, subject: str, sentence: str) -> None:
    """Write to everybody who speaks for the bid's group."""
    if bid.group:
        for contact in bid.group.contacts:
            tell(contact.account, subject, sentence)


def way_in(contact: Account, page: str, code: str) -> str:
    """How a letter's reader comes to a page of ours that asks them to sign in; `code` is that of a link to it.

    Whoever is more than a group's contact signs in with a password, so they need no code.
    """
    path = path_of(page)
    if not needs_link(contact):
        return f"Sign in to open the page:\n\n{sign_in_page(path)}"
    lasts = life_of(contact, LinkPurpose.SIGN_IN).words
    parts = (
        f"This link opens the page. You need no password. It works once, {lasts}:",
        link_address(code),
        f"If the link does not open, go to {base_url()}/link and type {in_groups(code)}",
        f"Is it out of date? Ask for a new one here: {link_by_mail_page(path.partition('#')[0])}",
    )
    return "\n\n".join(parts)


def needs_link(contact: Account) -> bool:
    """Whether they sign in by mailed links, and need no password."""
    return contact.signs_in_by_link


def path_of(page: str) -> str:
    """The path of a page of ours, with the place in it."""
    return page.removeprefix(base_url())


def tell(contact: Account, subject: str, sentence: str, closing: str = "") -> None:
    """Write to a contact; whoever has no password gets a link that signs in."""
    if needs_link(contact):
        how = (
            f"You need no password. Ask for a link that signs you in at {base_url()}/sign-in/by-mail whenever you want"
        )
        lasts = life_of(contact, LinkPurpose.SIGN_IN).words
        opening = f"{sentence}\n\n{how}, or use this one. It works once, {lasts}:"
        mail_link(contact, LinkPurpose.SIGN_IN, subject, opening, closing)
    else:
        parts = (f"Dear {contact.name},", sentence, f"Sign in: {base_url()}/sign-in", closing)
        write_letter(contact.email, subject, "\n\n".join(filter(None, parts)) + "\n")
