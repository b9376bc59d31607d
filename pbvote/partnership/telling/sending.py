"""One letter a day at most to each address, if something happened. Nothing here commits."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.addresses import meeting_page
from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.localities.models import Locality
from pbvote.partnership.meetings.models import MeetingItem, MeetingQuestion, QuestionState
from pbvote.partnership.telling import letters
from pbvote.partnership.telling.kinds import PieceOfNews, telling_kinds
from pbvote.partnership.telling.models import AwaitedAnswer, Subscriber

SETTLED: Final = dt.timedelta(minutes=5)
"""What is younger waits for the next run: an editor may take it back, or its transaction may not have ended."""
BATCH: Final = 20
"""Addresses whose letters are one transaction: votes wait for it on SQLite, so it is short."""

Happened = Sequence[tuple[str, PieceOfNews]]
"""What happened, each with the key of its kind."""


def _due() -> sa.Select[Subscriber]:
    """The confirmed addresses that had no letter today."""
    is_due = sa.or_(Subscriber.letter_on.is_(None), Subscriber.letter_on < today())
    wanted = sa.select(Subscriber).where(Subscriber.confirmed_on.is_not(None), is_due)
    return wanted.order_by(Subscriber.locality_id, Subscriber.id)


def subscribers_to_tell() -> Iterator[Sequence[int]]:
    """The addresses for which there is a letter to write, a few of one partnership at a time. It only reads."""
    ids: list[list[int]] = []
    for locality_id, group in groupby(db.session.scalars(_due()).all(), lambda each: each.locality_id):
        subscribers = list(group)
        happened, answers = _what_happened(locality_id, subscribers), _answers(subscribers)
        told = [each.id for each in subscribers if _told_to(each, happened) or each.id in answers]
        ids += [told[start : start + BATCH] for start in range(0, len(told), BATCH)]
    return iter(ids)


def tell_subscribers(subscriber_ids: Sequence[int]) -> int:
    """Write to these addresses of one partnership what happened since their last letter; how many letters.

    They are held first, and only those without a letter today are. What happened is read after that: of two machines
    one writes, and what was taken down meanwhile is in no letter.
    """
    wanted = _due().where(Subscriber.id.in_(subscriber_ids)).with_for_update()
    held = db.session.scalars(wanted, execution_options={"populate_existing": True}).all()
    if not held:
        return 0
    happened, answers = _what_happened(held[0].locality_id, held), _answers(held)
    locality = db.session.get_one(Locality, held[0].locality_id)
    return sum(_tell(each, locality, _told_to(each, happened), answers.get(each.id, [])) for each in held)


def _what_happened(locality_id: int, subscribers: Sequence[Subscriber]) -> Happened:
    """All that happened in a partnership since the first of these addresses was told, as it can be read now."""
    since = min(each.told_at for each in subscribers if each.told_at)
    locality, until = db.session.get_one(Locality, locality_id), now() - SETTLED
    return [(kind.key, one) for kind in telling_kinds() for one in kind.find(locality, since, until)]


def _told_to(subscriber: Subscriber, happened: Happened) -> list[PieceOfNews]:
    """What of it this address is told."""
    since, kinds = subscriber.told_at or now(), subscriber.kinds
    return [one for key, one in happened if key in kinds and one.at > since]


def _answers(subscribers: Sequence[Subscriber]) -> Mapping[int, list[MeetingQuestion]]:
    """The questions of these addresses that were answered, or will not be shown."""
    is_settled = sa.or_(MeetingQuestion.answer != "", MeetingQuestion.state == QuestionState.REFUSED)
    wanted = sa.select(AwaitedAnswer.subscriber_id, MeetingQuestion)
    wanted = wanted.join(MeetingQuestion, MeetingQuestion.id == AwaitedAnswer.question_id).join(MeetingQuestion.item)
    whole = orm.contains_eager(MeetingQuestion.item).joinedload(MeetingItem.meeting)
    wanted = wanted.where(AwaitedAnswer.subscriber_id.in_([each.id for each in subscribers]), is_settled)
    wanted = wanted.where(AwaitedAnswer.confirmed_on.is_not(None), MeetingQuestion.changed_at <= now() - SETTLED)
    found: dict[int, list[MeetingQuestion]] = {}
    for subscriber_id, question in db.session.execute(wanted.order_by(MeetingQuestion.id).options(whole)):
        found.setdefault(subscriber_id, []).append(question)
    return found


def _tell(
    subscriber: Subscriber, locality: Locality, happened: Sequence[PieceOfNews], answered: Sequence[MeetingQuestion]
) -> bool:
    """Write one letter, and note the day; whether there was anything to say."""
    said = [*(_answer(locality, question) for question in answered), *happened]
    if not said:
        return False
    subscriber.letter_on, subscriber.told_at = today(), max(subscriber.told_at or now(), now() - SETTLED)
    of_it = sa.delete(AwaitedAnswer).where(AwaitedAnswer.subscriber_id == subscriber.id)
    db.session.execute(of_it.where(AwaitedAnswer.question_id.in_([question.id for question in answered])))
    waits = sa.exists().where(AwaitedAnswer.subscriber_id == subscriber.id)
    is_last = not subscriber.kinds and not db.session.scalars(sa.select(waits)).one()
    letters.tell_what_happened(subscriber, locality, said, is_last=is_last)
    if is_last:
        db.session.delete(subscriber)
    db.session.flush()
    return True


def _answer(locality: Locality, question: MeetingQuestion) -> PieceOfNews:
    """That a question is answered, or why everybody reads a reason in its place."""
    item = question.item
    about = f"Your question about “{item.title}”"
    line = f"{about} is answered" if question.answer else f"{about} is not shown. The page says why"
    return PieceOfNews(question.changed_at, line, meeting_page(locality.slug, item.meeting_id))
