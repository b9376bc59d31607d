"""What groups and members are written when a mentor comes, goes or is away. Nothing here commits."""

import datetime as dt
import textwrap
from collections.abc import Sequence

from flask import current_app

from pbvote.addresses import funded_group_page, funded_groups_page, offers_page
from pbvote.call.bids.letters import needs_link, path_of, way_in
from pbvote.core.money import format_money
from pbvote.filters import day
from pbvote.grants.awards.models import Award
from pbvote.grants.mentors.cards import reach_of
from pbvote.grants.mentors.models import Absence
from pbvote.mail.service import write_letter
from pbvote.people.links import make_link
from pbvote.people.models import Account, LinkPurpose
from pbvote.people.service import hold

_LINE = 160


def introduce(award: Award, member: Account, former: Account | None, visit_by: dt.date | None) -> None:
    """Introduce the award's group and its new mentor to each other, and thank whoever was its mentor before."""
    contacts = [contact.account for contact in award.bid.group.contacts] if award.bid.group else []
    hold(*contacts, member, *([former] if former else []))
    for contact in contacts:
        _tell_group(award, contact, member, former, visit_by)
    _tell_member(award, member, former, visit_by)
    if former:
        _thank(award, former, member, visit_by)


def _tell_group(
    award: Award, contact: Account, member: Account, former: Account | None, visit_by: dt.date | None
) -> None:
    place, reach = award.event.share.locality.name, reach_of(member)
    begins = f"{member.name} is now your mentor for “{award.bid.title}”"
    parts = (
        f"{begins}, in the place of {former.name}." if former else f"{begins}.",
        f"{member.name} is a member of the Locality Partnership of {place}.",
        "A mentor keeps in touch with you, listens and helps.",
        f"{member.name} says: “{reach.sentence}”" if reach.sentence else "",
        reach.in_words,
        f"You see a photo of {member.name} on the page below." if reach.photo else "",
        f"The next visit is planned by {day(visit_by)}." if visit_by else "",
        "Would you rather have somebody else? Ask under My grants. You need give no reason.",
    )
    write_to(contact, f"Your mentor is {member.name}", parts, offers_page(award.bid_id))


def _tell_member(award: Award, member: Account, former: Account | None, visit_by: dt.date | None) -> None:
    name, share = award.bid.called, award.event.share
    amount = format_money(award.award_pence, share.round.currency)
    parts = (
        f"You are now the mentor of {name} in {share.locality.name}.",
        f"{former.name} was their mentor until now. You can read what was logged." if former else "",
        f"Their project: {award.bid.title}, {amount}.\nIn their words: {promise_line(award)}",
        _contacts(award),
        f"The next visit is planned by {day(visit_by)}." if visit_by else "No visit is planned yet.",
        "Their page shows what was logged. You log your check-ins there.",
    )
    write_to(member, f"You are the mentor of {name}", parts, funded_group_page(award.id))


def _thank(award: Award, former: Account, member: Account, visit_by: dt.date | None) -> None:
    name = award.bid.called
    parts = (
        f"{member.name} is the mentor of {name} from today. Thank you for staying with them.",
        f"What you logged is kept, with your name. {member.name} can read it.",
        f"The visit planned by {day(visit_by)} is now {member.name}’s." if visit_by else "",
        "Your other groups, if you have any, are under My groups.",
    )
    write_to(former, f"{name} has another mentor", parts, funded_groups_page())


def promise_line(award: Award) -> str:
    """What the group will do, in one line of its own words."""
    return textwrap.shorten(award.bid.summary, _LINE, placeholder=" …")


def _contacts(award: Award) -> str:
    """Who speaks for the group, and how to reach them."""
    if award.bid.group is None or not (award.bid.group.contacts or award.bid.group.contact_by_post):
        return "No contact is on record. Ask an organiser."
    people = [
        ", ".join(filter(None, (contact.account.name, contact.phone, contact.account.email)))
        for contact in award.bid.group.contacts
    ]
    return "Whom to ring or write to:\n" + "\n".join(people or [award.bid.group.contact_by_post])


def say_covers(absence: Absence, cover: Account, groups: Sequence[str]) -> None:
    """Tell whoever covers for whom, until when, and which groups those are at present."""
    away = absence.account.name
    parts = (
        f"{away} is away from {day(absence.from_on)} and back on {day(absence.back_on)}. You cover for {away}.",
        "You see to these groups meanwhile:\n" + "\n".join(groups) if groups else f"{away} has no group at present.",
        f"From {day(absence.from_on)} they are on your page, My groups. You can log check-ins with them.",
    )
    write_to(cover, f"You cover for {away} until {day(absence.back_on)}", parts, funded_groups_page())


def say_is_back(absence: Absence, cover: Account) -> None:
    """Tell whoever covered that it is over, or that it will not be needed."""
    away = absence.account.name
    parts = (
        f"{away} is not away any longer. Thank you for covering.",
        "Your own groups are under My groups.",
    )
    write_to(cover, f"{away} is back", parts, funded_groups_page())


def write_to(reader: Account, subject: str, parts: Sequence[str], page: str) -> None:
    """Write to somebody who can come in, with the way to a page of ours; to nobody whose account is suspended."""
    if reader.is_disabled:
        return
    code = make_link(reader, LinkPurpose.SIGN_IN, path_of(page)) if needs_link(reader) else ""
    words = (f"Dear {reader.name},", *parts, way_in(reader, page, code), current_app.config["COUNCIL_NAME"])
    write_letter(reader.email, subject, "\n\n".join(filter(None, words)) + "\n")
