"""Who may send a drafted decision, and who is then left to look at it again. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.access import Role
from pbvote.call.checking.models import BidDecision, DecisionKind
from pbvote.call.groups.closeness import who_is_close
from pbvote.db import db
from pbvote.people.models import Account, RoleGrant


@dataclass(frozen=True, slots=True)
class Senders:
    """Whoever looks at drafts, among the organisers of today, by their ids."""

    sender: int
    organisers: frozenset[int]
    close: frozenset[tuple[int, int]]
    """Who of them belongs to which group, by the ids of both."""

    @classmethod
    def around(cls, sender: Account) -> "Senders":
        """Two statements, however many organisers and groups there are."""
        organisers = _organisers()
        return cls(sender.id, organisers, who_is_close(organisers | {sender.id}))

    def partial_to(self, decisions: Sequence[BidDecision]) -> frozenset[int]:
        """The ids of the decisions that the sender can't send, because it belongs to their groups."""
        return frozenset(each.id for each in decisions if (self.sender, each.bid.group_id) in self.close)

    def unread(self, decisions: Sequence[BidDecision]) -> dict[int, bool]:
        """The refusals that no organiser could look at again once the sender has sent them, by their ids.

        True where whoever drafted it could send it instead, so that somebody is left. Whoever drafts or sends a refusal
        takes no second look at it, and whoever belongs to the group decides nothing about it.
        """
        found = {}
        for refusal in (each for each in decisions if each.verdict is DecisionKind.REFUSE):
            able = {one for one in self.organisers if (one, refusal.bid.group_id) not in self.close}
            if not able - {self.sender, refusal.drafted_by_id}:
                found[refusal.id] = refusal.drafted_by_id in able - {self.sender}
        return found


def _organisers() -> frozenset[int]:
    wanted = sa.select(RoleGrant.account_id).join(RoleGrant.account)
    wanted = wanted.where(RoleGrant.role == Role.ORGANISER, Account.is_disabled.is_(False))
    return frozenset(db.session.scalars(wanted))
