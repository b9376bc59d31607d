"""What a group is written about its place in the directory."""

import sqlalchemy as sa
from flask import current_app

from pbvote.addresses import listing_page
from pbvote.call.groups.models import GroupContact
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.mail.service import write_letter
from pbvote.people.models import Account


def contacts_of(award: Award) -> list[Account]:
    """The contacts of the award's group who can come in."""
    wanted = sa.select(Account).join(GroupContact, GroupContact.account_id == Account.id)
    wanted = wanted.where(GroupContact.group_id == award.bid.group_id, Account.is_disabled.is_(False))
    return list(db.session.scalars(wanted.order_by(Account.id)))


def tell_taken_down(award: Award, reason: str) -> None:
    """Say to each contact that the group is out of the directory, why, and how it stands there again."""
    for contact in contacts_of(award):
        parts = (
            f"Dear {contact.name},",
            f"We have taken {award.bid.called} out of the directory of funded groups. The reason: {reason}",
            "You can stand there again in other words:",
            listing_page(award.id),
            str(current_app.config["COUNCIL_NAME"]),
        )
        write_letter(contact.email, "Your place in the directory", "\n\n".join(parts) + "\n")
