"""Put a decision's letters into the outbox and into the bids' histories, and take them back. Nothing here commits."""

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.addresses import offers_page
from pbvote.call.bids.letters import needs_link, path_of
from pbvote.call.checking.letters import PlannedLetter
from pbvote.call.checking.models import GroupLetter, GroupLetterCopy
from pbvote.db import db
from pbvote.grants.awards.hearing import Hearing
from pbvote.grants.awards.letters import with_way_in
from pbvote.grants.awards.models import AwardDecision, AwardLetter
from pbvote.mail.models import Letter
from pbvote.mail.service import call_back as call_letters_back
from pbvote.mail.service import write_letter
from pbvote.people.links import make_link
from pbvote.people.models import Account, LinkPurpose
from pbvote.people.service import hold


def hold_readers(hearings: Iterable[Hearing]) -> None:
    """Hold everybody who gets a link: a contact may speak for another group, which another round tells."""
    groups = [hearing.bid.group for hearing in hearings if hearing.told.is_offer and hearing.bid.group]
    hold(*(contact.account for group in groups for contact in group.contacts))


def write(decision: AwardDecision, hearing: Hearing, letter: PlannedLetter, not_before: dt.datetime) -> None:
    """Write to everybody who speaks for the bid's group, and keep what it was told.

    What goes by post is kept as well: whoever sent it printed it before.
    """
    group = hearing.bid.group
    contacts = [contact.account for contact in group.contacts] if group else []
    told = AwardLetter(decision_id=decision.id, bid_id=hearing.bid.id, told=hearing.told)
    if contacts or (group and group.contact_by_post):
        copies = [_write_to(contact, hearing, letter, not_before) for contact in contacts]
        kept = with_way_in(hearing, letter, contacts[0]) if contacts else letter
        told.group_letter = GroupLetter(bid_id=hearing.bid.id, subject=letter.subject, words=kept.body)
        told.group_letter.copies = [GroupLetterCopy(letter=copy) for copy in copies]
    db.session.add(told)


def _write_to(contact: Account, hearing: Hearing, letter: PlannedLetter, not_before: dt.datetime) -> Letter:
    code = ""
    if hearing.told.is_offer and needs_link(contact):
        code = make_link(contact, LinkPurpose.SIGN_IN, path_of(offers_page(hearing.bid.id)))
    whole = with_way_in(hearing, letter, contact, code)
    return write_letter(contact.email, letter.subject, whole.to(contact.name), not_before)


def call_back(decision: AwardDecision) -> bool:
    """Take its letters out of the outbox, and those on paper out of the histories; False where one has left."""
    ids = sa.select(AwardLetter.group_letter_id).where(AwardLetter.decision_id == decision.id)
    copies = sa.select(GroupLetterCopy.letter_id).where(GroupLetterCopy.group_letter_id.in_(ids))
    letters = list(db.session.scalars(copies))
    on_paper = sa.select(AwardLetter).join(AwardLetter.group_letter).where(AwardLetter.decision_id == decision.id)
    on_paper = on_paper.where(~sa.exists().where(GroupLetterCopy.group_letter_id == GroupLetter.id))
    for told in db.session.scalars(on_paper.options(orm.contains_eager(AwardLetter.group_letter))).all():
        paper, told.group_letter_id = told.group_letter, None
        db.session.flush()
        db.session.delete(paper)
    return call_letters_back(letters) == len(letters)
