"""What a member hears about their profile, and about what they may do."""

from pbvote.addresses import own_profile_page, partnership_page
from pbvote.grants.mentors.letters import write_to
from pbvote.localities.models import Locality
from pbvote.partnership.members.models import PartnershipMember
from pbvote.people.service import hold


def say_published(member: PartnershipMember, locality: Locality) -> None:
    """Their profile is public."""
    if member.account:
        hold(member.account)
        parts = (
            f"An editor of {locality.name} has published your profile. Anyone can read it now.",
            "You can change it, or take it back at once, on this page:",
        )
        write_to(member.account, "Your profile is public", parts, own_profile_page(locality.slug))


def say_sent_back(member: PartnershipMember, locality: Locality, why: str) -> None:
    """An editor asks them to change it."""
    if member.account:
        hold(member.account)
        parts = (f"An editor of {locality.name} asks you to change your profile before it is published:", why)
        write_to(member.account, "Please change your profile", parts, own_profile_page(locality.slug))


def say_is_editor(member: PartnershipMember, locality: Locality) -> None:
    """They keep the partnership's page from now on."""
    if member.account:
        hold(member.account)
        parts = (
            f"You can keep the page of the partnership in {locality.name} now.",
            "You publish members’ profiles and updates, and you look after the list of members and the working groups.",
        )
        write_to(member.account, "You can keep your partnership’s page", parts, partnership_page(locality.slug))
