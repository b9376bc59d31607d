"""A council with something behind every address, for tests that visit all of them."""

import secrets
from dataclasses import dataclass

import sqlalchemy as sa
from flask import Flask

from pbvote.call.attachments.models import BidDocument
from pbvote.call.bids.models import Bid
from pbvote.call.bids.service import bids_of_contact
from pbvote.call.checking.models import GroupLetter
from pbvote.call.drafts.models import Draft
from pbvote.call.groups.models import GroupContact
from pbvote.core.clock import today
from pbvote.db import begin_write, db
from pbvote.files.documents import read_document
from pbvote.files.pictures import read_photo
from pbvote.files.service import keep_document, keep_photo
from pbvote.grants.awards.models import Award
from pbvote.grants.directory.models import Listing
from pbvote.grants.mentors.models import Mentor
from pbvote.grants.network.models import WallCard
from pbvote.grants.visits.models import CheckIn, CheckInPhoto, Worry
from pbvote.localities.service import locality_called
from pbvote.partnership.engagement.consultations.models import Consultation, ConsultationQuestion, Topic
from pbvote.partnership.engagement.consultations.service import is_awaited
from pbvote.partnership.engagement.consultations.sorting import hours_of
from pbvote.partnership.engagement.models import EngagementText
from pbvote.partnership.gatherings.models import SignUp
from pbvote.partnership.meetings.actions.models import Action
from pbvote.partnership.meetings.models import MeetingItem, MeetingPaper, MeetingQuestion
from pbvote.partnership.meetings.reading import meetings_since, next_of
from pbvote.partnership.members.models import MemberProfile
from pbvote.partnership.plan.models import PlanStage
from pbvote.partnership.updates.models import Update
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from pbvote.public_account.boards.models import BoardReport
from pbvote.vote.day.models import AccessRequest
from pbvote.vote.events.service import event_called
from pbvote.vote.paper_entry.pile import serials_by_tag
from pbvote.vote.poll.models import PaperEntry
from tests.files.samples import pdf_file, photo_file

EMAILS = {
    "organiser": "olivia@council.example",
    "auditor": "audrey@council.example",
    "steward": "stella@council.example",
    "member": "marek@partnership.example",
    "group": "grace@group.example",
}


@dataclass(frozen=True)
class Scene:
    """What the addresses of the demonstration name, by the parameters of their routes."""

    slug: str
    share_id: int
    bid_id: int
    on_ballot_id: int
    """A bid on the ballot of the event of `slug`."""
    account_id: int
    mentored_id: int
    offered_id: int
    reference: str
    serial: str
    own_bid_id: int
    file_id: int
    digest: str
    draft_id: int
    request_id: int
    letter_id: int
    own_check_in_id: int
    """Of the member, about the group of `mentored_id`, with a photo."""
    shared_check_in_id: int
    """About the group of `offered_id`, which reads it and sees its photo."""
    listed_id: int
    """Of an award whose group stands in the directory, with a photo."""
    card_id: int
    """On the wall of Old Trafford & Stretford, of the member."""
    worry_id: int
    """It waits for its answer."""
    partner_id: int
    """The member, in the list of a partnership's members, with a public profile."""
    update_id: int
    """Of that partnership, out, with a photo."""
    gathering_id: int
    """In its line waits the group of `group_id`, whose contact Grace is."""
    group_id: int
    sign_up_id: int
    meeting_id: int
    """A partnership's meeting to come, with its agenda out."""
    item_id: int
    """On its agenda."""
    question_id: int
    """About an item of it."""
    action_id: int
    """Of the same partnership."""
    paper_id: int
    """Of the meeting."""
    stage_id: int
    """Of the same partnership's plan, done."""
    consulted: "Consulted"
    board_report_id: int
    """Fixed. The next is a draft."""


@dataclass(frozen=True)
class Consulted:
    """A closed consultation of the partnership that the addresses name, whose result is due; and its plan."""

    consultation_id: int
    code: str
    topic_id: int
    hour: int
    text_id: int


def find_scene(app: Flask) -> Scene:
    """One of each thing in the demonstration."""
    with app.app_context():
        sale = event_called("sale-2014")
        steward = account_with_email(EMAILS["steward"])
        assert sale
        assert steward
        mentored = db.session.scalars(sa.select(Mentor.award_id).order_by(Mentor.award_id)).first()
        offered = db.session.scalars(sa.select(Award.id).where(Award.state == "offered")).one()
        assert mentored
        bid = db.session.get_one(Bid, 1)
        keyed = set(db.session.scalars(sa.select(PaperEntry.ballot_tag)))
        serial = next(serial for tag, serial in serials_by_tag(sale).items() if tag in keyed)
        own = bids_of_contact(account_with_email(EMAILS["group"]) or steward)[0]
        file_id, digest = _documents_and_photos(bid, own)
        meeting_id, item_id, question_id, action_id = _meeting()
        first = sa.select(CheckIn).where(CheckIn.award_id == mentored).order_by(CheckIn.id).limit(1)
        logged = db.session.scalars(first).one()
        of_grace = sa.select(GroupContact.group_id).join(GroupContact.account)
        of_grace = of_grace.where(Account.email == EMAILS["group"])
        wanted = sa.select(SignUp).where(SignUp.state == "waiting", SignUp.group_id.in_(of_grace))
        waits = db.session.scalars(wanted).one()
        return Scene(
            slug="sale-2014",
            share_id=sale.share_id,
            bid_id=bid.id,
            on_ballot_id=sale.running_order[0].bid_id,
            account_id=steward.id,
            mentored_id=mentored,
            offered_id=offered,
            reference=bid.reference,
            serial=serial,
            own_bid_id=own.id,
            file_id=file_id,
            digest=digest,
            draft_id=db.session.scalars(sa.select(Draft.id).where(Draft.late_at.is_not(None))).one(),
            letter_id=db.session.scalars(sa.select(GroupLetter.id).where(GroupLetter.bid_id == bid.id)).first() or 0,
            own_check_in_id=logged.id,
            shared_check_in_id=_visit(offered, logged),
            partner_id=db.session.scalars(sa.select(MemberProfile.member_id).where(MemberProfile.is_public)).one(),
            update_id=db.session.scalars(sa.select(Update.id).where(Update.photo_id.is_not(None))).one(),
            gathering_id=waits.gathering_id,
            group_id=waits.group_id or 0,
            sign_up_id=waits.id,
            meeting_id=meeting_id,
            item_id=item_id,
            question_id=question_id,
            action_id=action_id,
            paper_id=db.session.scalars(sa.select(MeetingPaper.id).where(MeetingPaper.meeting_id == meeting_id)).one(),
            stage_id=_stage(),
            listed_id=db.session.scalars(sa.select(Listing.award_id).where(Listing.photo_digest != "")).one(),
            card_id=db.session.scalars(sa.select(WallCard.id).where(WallCard.sentence.startswith("Tools"))).one(),
            worry_id=db.session.scalars(sa.select(Worry.id).where(Worry.answered_at.is_(None))).one(),
            consulted=_consulted(),
            board_report_id=db.session.scalars(sa.select(BoardReport.id).where(BoardReport.number.is_not(None))).one(),
            request_id=db.session.scalars(sa.select(AccessRequest.id).where(AccessRequest.event_id == sale.id)).one(),
        )


def _documents_and_photos(*bids: Bid) -> tuple[int, str]:
    """Put the same document and a photo beside each bid, voting or not; the document's row, and the last photo."""
    begin_write()
    document = keep_document(read_document(pdf_file(), "rules.pdf"), None)
    for bid in bids:
        db.session.add(BidDocument(bid_id=bid.id, file=document))
        bid.photo, bid.photo_text = keep_photo(read_photo(photo_file()), None), "Neighbours"
    digest = bids[-1].photo.digest if bids[-1].photo else ""
    file_id = document.id
    db.session.commit()
    return file_id, digest


def _visit(award_id: int, logged: CheckIn) -> int:
    """Log a visit like this one about another award, with a photo; its number."""
    begin_write()
    said = {"met_on": logged.met_on, "contact_method": logged.contact_method, "standing": logged.standing}
    shared = CheckIn(award_id=award_id, account_id=logged.account_id, form_key=secrets.token_hex(8), needs=[], **said)
    shared.logged_at = logged.logged_at
    db.session.add(shared)
    db.session.flush()
    photo = keep_photo(read_photo(photo_file()), None)
    db.session.add(CheckInPhoto(check_in_id=shared.id, key="1", place=1, photo_id=photo.id))
    number = shared.id
    db.session.commit()
    return number


def _meeting() -> tuple[int, int, int, int]:
    """The meeting to come of the partnership that the addresses name, an item of it, a question and an action."""
    locality = locality_called("old-trafford-stretford")
    assert locality
    meeting = next_of(meetings_since(locality, today()))
    assert meeting
    asked = sa.select(MeetingQuestion.id, MeetingQuestion.item_id).join(MeetingQuestion.item)
    asked = asked.where(MeetingItem.meeting_id == meeting.id).order_by(MeetingQuestion.id).limit(1)
    question_id, item_id = db.session.execute(asked).one()
    action = sa.select(Action.id).where(Action.locality_id == meeting.locality_id).order_by(Action.id)
    return meeting.id, item_id, question_id, db.session.scalars(action).first() or 0


def _stage() -> int:
    """A stage of that partnership's plan which is behind it."""
    locality = locality_called("old-trafford-stretford")
    assert locality
    wanted = sa.select(PlanStage.id).where(PlanStage.locality_id == locality.id).order_by(PlanStage.position).limit(1)
    return db.session.scalars(wanted).one()


def _consulted() -> Consulted:
    """What residents of Old Trafford & Stretford were asked."""
    locality = locality_called("old-trafford-stretford")
    assert locality
    wanted = sa.select(Consultation).where(Consultation.locality_id == locality.id, is_awaited())
    closed = db.session.scalars(wanted).one()
    topics = sa.select(Topic.id).join(ConsultationQuestion, ConsultationQuestion.id == Topic.question_id)
    topic_id = db.session.scalars(topics.where(ConsultationQuestion.consultation_id == closed.id)).first() or 0
    texts = sa.select(EngagementText.id).where(EngagementText.locality_id == locality.id)
    hour = int(hours_of(closed)[0].began_at.timestamp())
    return Consulted(closed.id, closed.code, topic_id, hour, db.session.scalars(texts).first() or 0)
