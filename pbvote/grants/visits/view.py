"""What a member's page of one group shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from pbvote.call.bids.models import Bid
from pbvote.grants.awards.models import Award
from pbvote.grants.visits import service
from pbvote.grants.visits.forms import CONTACT_METHODS, STANDINGS
from pbvote.grants.visits.models import NEEDS, CheckIn, ContactMethod, Status
from pbvote.grants.visits.safety import Safety, safety_of
from pbvote.people.models import Account


@dataclass(frozen=True, slots=True)
class HistoryView:
    """Check-ins, newest first, as one reader may read them."""

    check_ins: Sequence[CheckIn]
    reader_id: int
    photo_door: str = "visit_photos_member"
    """Whose address of a photo its page uses."""
    is_desk: bool = False
    """Whether the reader is an organiser or an auditor, who read every concern and every former text."""
    is_close: bool = False
    """Whether the reader belongs to the group, and so reads no more of a visit than the group does."""
    is_over: bool = False
    """Whether the reader can add and correct nothing any more."""
    is_copy: bool = False
    """Whether a phone keeps the page, which then shows nothing that only officers read with its member."""
    contact_methods: ClassVar[Mapping[ContactMethod, str]] = CONTACT_METHODS
    standings: ClassVar[Mapping[Status, str]] = STANDINGS
    needs: ClassVar[Mapping[str, str]] = NEEDS

    def may_read(self, check_in: CheckIn) -> bool:
        """Whether the reader reads its concern, and the answer to its worry."""
        if self.is_desk:
            return not self.is_close
        return check_in.account_id == self.reader_id and not self.is_copy

    def may_correct(self, check_in: CheckIn) -> bool:
        """Whether the reader may still correct it."""
        return self.is_own(check_in) and check_in.may_be_corrected and not self.is_over

    def is_own(self, check_in: CheckIn) -> bool:
        """Whether the reader is the member who logged it."""
        return not self.is_desk and check_in.account_id == self.reader_id


@dataclass(frozen=True, slots=True)
class MemberView:
    """One group as a member who stays or stayed with it sees it."""

    visited: service.Visited
    history: HistoryView
    safety: Safety

    @classmethod
    def of(cls, visited: service.Visited, member: Account, *, is_copy: bool) -> "MemberView":
        """Everything that the page reads. Whose time is over reads what they logged themselves."""
        award, logged = visited.award, service.check_ins_of(visited.award)
        if not visited.stay.lasts:
            logged = [check_in for check_in in logged if check_in.account_id == member.id]
        history = HistoryView(logged, member.id, is_over=visited.stay.is_close, is_copy=is_copy)
        return cls(visited, history, safety_of(award, reads_lead=visited.stay.lasts))

    @property
    def award(self) -> Award:
        """The group's award."""
        return self.visited.award

    @property
    def bid(self) -> Bid:
        """What was promised."""
        return self.visited.award.bid

    @property
    def last(self) -> CheckIn | None:
        """The latest check-in of those that the member may read."""
        return next(iter(self.history.check_ins), None)
