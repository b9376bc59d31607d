"""Stories that groups agree to show: offered to whoever writes a report, and shown for as long as the word stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from pbvote.call.bids.models import CALLED, Bid
from pbvote.call.groups.models import Group
from pbvote.call.rounds.models import Round, Share
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.directory.listing import story_digest
from pbvote.grants.directory.models import Listing
from pbvote.grants.directory.visible import may_be_listed
from pbvote.grants.reports.models import Report
from pbvote.public_account.boards.models import BoardReport
from pbvote.vote.events.models import Event

MOST_WORDS: Final = 70
"""Of a story in a report of two pages. The group’s page has the rest."""


@dataclass(frozen=True, slots=True)
class PublicStory:
    """What a group tells, and agrees that everybody reads."""

    award_id: int
    group: str
    words: str
    digest: str

    @property
    def short(self) -> str:
        """Its beginning, up to the end of a sentence where one is near."""
        words = self.words.split()
        if len(words) <= MOST_WORDS:
            return " ".join(words)
        cut = " ".join(words[:MOST_WORDS])
        sentence = cut.rpartition(". ")[0]
        return f"{sentence}." if len(sentence.split()) > MOST_WORDS // 3 else f"{cut} …"


def public_stories(round_: Round) -> Sequence[PublicStory]:
    """The stories of a round's funded groups that everybody may read now, by name. One statement."""
    wanted = (
        sa.select(Award.id, CALLED, Report.happened, Listing.story_digest)
        .join(Listing, Listing.award_id == Award.id)
        .join(Report, Report.award_id == Award.id)
        .join(Bid, Bid.id == Award.bid_id)
        .outerjoin(Group, Group.id == Bid.group_id)
        .join(Event, Event.id == Award.event_id)
        .join(Share, Share.id == Event.share_id)
        .where(
            Share.round_id == round_.id, may_be_listed(), Report.answered_at.is_not(None), Listing.story_digest != ""
        )
        .order_by(CALLED, Award.id)
    )
    found = [PublicStory(*row) for row in db.session.execute(wanted)]
    return [each for each in found if story_digest(each.words) == each.digest]


def stories_in(report: BoardReport) -> list[PublicStory | None]:
    """The stories of a report in their order; None in place of one whose group took its word back, or said another."""
    if not report.stories:
        return []
    public = {(each.award_id, each.digest): each for each in public_stories(report.round)}
    return [public.get((each.award_id, each.digest)) for each in report.stories]
