"""What those who join a sub-group are written, and its lead. Nothing of the former stays in the outbox."""

from collections.abc import Sequence

from flask import current_app

from pbvote.addresses import confirm_joining_page, joiners_page, leave_subgroup_page, subgroup_page
from pbvote.core.codes import in_groups
from pbvote.grants.mentors.letters import write_to
from pbvote.localities.models import Locality
from pbvote.mail.service import write_letter
from pbvote.partnership.subgroups.models import Subgroup, SubgroupJoiner
from pbvote.people.models import Account


def ask_to_confirm_joining(joiner: SubgroupJoiner, subgroup: Subgroup) -> None:
    """Ask whether the address is theirs. It holds nothing that whoever it was typed."""
    code = in_groups(joiner.code)
    parts = (
        f"Somebody has joined “{subgroup.name}” with this e-mail address.",
        "Was it you? Open this link and press the button:",
        confirm_joining_page(code),
        f"If the link does not open, go to {confirm_joining_page()} and type {code}",
        "If it was not you, do nothing. We delete your name and address after 7 days.",
    )
    _write(joiner, f"Do you join “{subgroup.name}”?", parts, with_way_out=False)


def tell_lead(subgroup: Subgroup, locality: Locality) -> None:
    """Tell the lead that somebody has joined. Who it is stands on their page alone."""
    said = f"Somebody has joined “{subgroup.name}”"
    _write_to_lead(subgroup, locality, said, f"{said}. Please say hello.")


def ask_lead_to_ring(subgroup: Subgroup, locality: Locality) -> None:
    """Somebody left a telephone number alone: it waits for a call, and for the press of whoever rang."""
    ring = "They left a telephone number. Please ring them, then press “They do join”."
    _write_to_lead(subgroup, locality, f"Somebody wants to join “{subgroup.name}”", ring)


def _write_to_lead(subgroup: Subgroup, locality: Locality, subject: str, words: str) -> None:
    lead = subgroup.present_lead
    if lead and lead.account:
        write_to(lead.account, subject, (words,), joiners_page(locality.slug, subgroup.id))


def pass_words_on(
    joiners: Sequence[SubgroupJoiner], subgroup: Subgroup, locality: Locality, words: str, by: Account
) -> int:
    """One letter to each whom a letter reaches; how many."""
    reached = [joiner for joiner in joiners if joiner.has_address]
    for joiner in reached:
        parts = (
            f"{by.name} writes to everybody in “{subgroup.name}”:",
            words,
            subgroup_page(locality.slug, subgroup.id),
        )
        _write(joiner, f"To everybody in “{subgroup.name}”", parts)
    return len(reached)


def say_removed(joiner: SubgroupJoiner, subgroup: Subgroup) -> None:
    """Tell somebody that they are in the sub-group no more."""
    council = str(current_app.config["CONTACT_EMAIL"])
    parts = (
        f"You are not in “{subgroup.name}” any more. Your name and address are deleted.",
        f"If you think that this is wrong, write to {council}.",
    )
    _write(joiner, f"You are not in “{subgroup.name}” any more", parts, with_way_out=False)


def say_ended(joiner: SubgroupJoiner, subgroup: Subgroup) -> None:
    """Tell somebody that the sub-group has ended, and why."""
    parts = (
        f"“{subgroup.name}” has ended: {subgroup.why_ended}",
        "Your name and address are deleted. Thank you for joining.",
    )
    _write(joiner, f"“{subgroup.name}” has ended", parts, with_way_out=False)


def _write(joiner: SubgroupJoiner, subject: str, parts: Sequence[str], *, with_way_out: bool = True) -> None:
    """Write to somebody whom a letter reaches. One who is still in has the way out under every letter."""
    if not joiner.has_address:
        return
    stops_at = leave_subgroup_page(joiner.stop_code) if with_way_out else ""
    way_out = (f"Leave, by one press: {stops_at}",) if stops_at else ()
    hello = (f"Dear {joiner.name},",) if joiner.confirmed_on else ()
    words = (*hello, *parts, *way_out, str(current_app.config["COUNCIL_NAME"]))
    write_letter(joiner.contact, subject, "\n\n".join(words) + "\n", is_kept=False, stops_at=stops_at)
