"""A funded group's own page, for everybody. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import Bid
from pbvote.call.rounds.models import Share
from pbvote.core.clock import today
from pbvote.core.contacts import names_a_contact
from pbvote.db import db
from pbvote.files.models import Photo
from pbvote.grants.awards.models import Award
from pbvote.grants.directory.listed import ShownPhoto, photo_agreed
from pbvote.grants.directory.listing import story_digest
from pbvote.grants.directory.models import Listing
from pbvote.grants.directory.needs import needs_of
from pbvote.grants.directory.visible import is_public, may_be_listed
from pbvote.grants.directory.way import Stop, is_met, stop_of
from pbvote.grants.mentors.in_force import in_force
from pbvote.grants.mentors.naming import may_be_named
from pbvote.grants.promises.accepting import promises_of
from pbvote.grants.promises.models import Promise
from pbvote.grants.reports.models import Report
from pbvote.grants.visits.models import NEEDS
from pbvote.vote.count.outcome import stored_outcome
from pbvote.vote.count.published import FEWEST_TO_SHOW_TOTALS
from pbvote.vote.events.models import Event
from pbvote.vote.residents.volunteers import is_too_late


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """How far a grant has come, as the picture of the way asks it."""

    stage: Stop
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """What the vote gave a project, once its result is public."""

    total: int
    counts_votes: bool
    """Votes are counted, and no points."""
    place: int
    """1 for the one with the most; those with as many share a place."""
    of: int
    """How many were voted on."""

    @property
    def in_words(self) -> str:
        """The total with its noun."""
        noun = "vote" if self.counts_votes else "point"
        return f"{self.total:,} {noun}{'' if self.total == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class GroupPage:
    """What everybody may read of a funded group."""

    award: Award
    standing: OnItsWay
    points: Points | None
    promises: Sequence[Promise]
    """Without those that tell how to reach somebody."""
    listing: Listing | None
    photo: ShownPhoto | None
    story: str
    needs: Sequence[str]
    mentor: str
    """"" unless both agree that they are named."""

    @classmethod
    def of(cls, award_id: int) -> "GroupPage | None":
        """Of the award with this id; None where it is not public."""
        found = _found(award_id)
        if found is None:
            return None
        award: Award = found.Award
        listing, report = found.Listing if found.is_listed else None, found.Report
        promises = [each for each in promises_of([award])[award.id] if not names_a_contact(each.words)]
        shows_needs = listing is not None and listing.needs_agreed_on is not None and award.is_under_way
        needs = needs_of([award.id]).get(award.id, ()) if shows_needs else ()
        return cls(
            award=award,
            standing=OnItsWay(
                stop_of(award.state, award.paid_pence, is_met=found.is_met, has_reported=report is not None)
            ),
            points=points_of(award),
            promises=promises,
            listing=listing,
            photo=ShownPhoto(found.width, found.height, listing.photo_text) if listing and found.width else None,
            story=_story(listing, report),
            needs=[NEEDS[key] for key in needs],
            mentor=_mentor(award) if listing and listing.mentor_agreed_on else "",
        )

    @property
    def takes_hands(self) -> bool:
        """Whether residents can lend a hand on the event's own page."""
        return self.award.event.has_page and not is_too_late(self.award.event)


def _found(award_id: int) -> sa.Row[*tuple[Any, ...]] | None:
    """The award, its listing, its report, the photo that was agreed to, and whether somebody has met the group."""
    wanted = sa.select(
        Award,
        Listing,
        Report,
        Photo.width,  # the whole photo would ask for its files, and find no award without one
        Photo.height,
        may_be_listed().label("is_listed"),
        is_met().label("is_met"),
    )
    wanted = wanted.join(Bid, Bid.id == Award.bid_id).outerjoin(Listing, Listing.award_id == Award.id)
    wanted = wanted.outerjoin(Report, Report.award_id == Award.id).outerjoin(Photo, photo_agreed())
    event = orm.joinedload(Award.event, innerjoin=True).joinedload(Event.share, innerjoin=True)
    bid = orm.contains_eager(Award.bid)
    options = (
        orm.joinedload(Award.decision, innerjoin=True),
        bid.lazyload(Bid.asks),
        bid.joinedload(Bid.group),
        event.joinedload(Share.round, innerjoin=True),
        event.joinedload(Share.locality, innerjoin=True),
        orm.joinedload(Listing.ward),
    )
    wanted = wanted.where(Award.id == award_id, is_public()).options(*options).limit(1)
    return db.session.execute(wanted).first()


def _story(listing: Listing | None, report: Report | None) -> str:
    """The words that the group agreed to, where its report still says them."""
    if listing is None or report is None or not report.is_answered or not listing.story_digest:
        return ""
    return report.happened if story_digest(report.happened) == listing.story_digest else ""


def _mentor(award: Award) -> str:
    """The mentor's name, where the mentor agrees that it is public."""
    seen_to = in_force([award.id], today()).get(award.id)
    if seen_to is None or not seen_to.period.is_here or not may_be_named(seen_to.mentor):
        return ""
    return seen_to.mentor.name


def points_of(award: Award) -> Points | None:
    """What the vote gave an award's project; None where totals are not public."""
    event = award.event
    stored = stored_outcome(event) if event.is_public else None
    if stored is None or not (event.is_chosen_by_members or stored.voters >= FEWEST_TO_SHOW_TOTALS):
        return None
    own = next((step for step in stored.body.steps if step.ref == award.bid.reference), None)
    if own is None:
        return None
    place = 1 + sum(step.total > own.total for step in stored.body.steps)
    return Points(own.total, event.share.ballot_rules.kind.has_votes, place, len(stored.body.steps))


def shown_photo(award_id: int) -> Photo | None:
    """The photo that an award's group shows at present, if any."""
    wanted = sa.select(Photo).join(Listing, Listing.award_id == award_id).join(Award, Award.id == Listing.award_id)
    wanted = wanted.join(Bid, Bid.id == Award.bid_id).outerjoin(Report, Report.award_id == Award.id)
    return db.session.scalars(wanted.where(photo_agreed(), may_be_listed())).unique().first()


def group_pages(event: Event) -> dict[int, int]:
    """The awards of an event that everybody may read, by the ids of their bids, for a result that leads to them."""
    wanted = sa.select(Award.bid_id, Award.id).where(Award.event_id == event.id, is_public())
    return dict(db.session.execute(wanted).all()) if event.is_public else {}
