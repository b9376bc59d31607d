"""What a group is written about its place in the directory. Nothing here commits."""

from pbvote.addresses import listing_page
from pbvote.grants.awards.models import Award
from pbvote.grants.mentors.letters import write_to


def tell_taken_down(award: Award, reason: str) -> None:
    """Say to each contact that the group is out of the directory, why, and how it stands there again."""
    parts = (
        f"We have taken {award.bid.called} out of the directory of funded groups. The reason: {reason}",
        "You can stand there again in other words.",
    )
    for contact in award.bid.group.contacts if award.bid.group else ():
        write_to(contact.account, "Your place in the directory", parts, listing_page(award.id))
