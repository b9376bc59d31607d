"""The demonstration's sign-ins. They are printed and shown to everyone, so nothing here is a secret."""

from dataclasses import dataclass

from pbvote.access import ROLE_NAMES, Role
from pbvote.db import db
from pbvote.localities.service import locality_called
from pbvote.people import service
from pbvote.people.models import Account

PASSWORD = "demonstration-2014"  # noqa: S105 - shown on the demonstration's own pages


@dataclass(frozen=True, slots=True)
class SignIn:
    """One account of the demonstration, and what to try with it."""

    role: Role
    email: str
    name: str
    what: str
    locality_slug: str = ""
    locality: str = ""

    @property
    def role_name(self) -> str:
        """The role in words."""
        return ROLE_NAMES[self.role]


SIGN_INS = (
    SignIn(
        Role.ORGANISER,
        "olivia@council.example",
        "Olivia Marsh",
        "Run the event in Sale: show a slip, close the poll, count, publish, make the awards.",
    ),
    SignIn(
        Role.ORGANISER,
        "omar@council.example",
        "Omar Khan",
        "The second organiser: check the bids of South Trafford.",
    ),
    SignIn(
        Role.STEWARD,
        "stella@council.example",
        "Stella Boateng",
        "Work the door in Sale: open an envelope, see how many have voted, note that you helped.",
        "sale",
        "Sale",
    ),
    SignIn(
        Role.LP_MEMBER,
        "marek@partnership.example",
        "Marek Nowak",
        "Log a check-in with a funded group.",
        "old-trafford-stretford",
        "Old Trafford & Stretford",
    ),
    SignIn(
        Role.GROUP_CONTACT,
        "grace@group.example",
        "Grace Odell",
        "Follow a bid, and accept the offer of a grant.",
    ),
    SignIn(
        Role.AUDITOR, "audrey@council.example", "Audrey Pym", "Read every page of the organisers, and change nothing."
    ),
)


def add_accounts(password_hash: str) -> dict[str, Account]:
    """Make every sign-in's account; returns them by e-mail address."""
    accounts = {}
    for sign_in in SIGN_INS:
        account = service.add_account(sign_in.name, sign_in.email)
        account.is_demonstration = True
        account.password_hash = password_hash
        locality = locality_called(sign_in.locality_slug)
        service.grant_role(account, sign_in.role, locality.id if locality else None)
        accounts[account.email] = account
    db.session.flush()
    return accounts
