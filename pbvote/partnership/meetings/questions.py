"""What residents ask about an item: taken, shown or refused, answered, forgotten. Nothing here commits."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import today
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.localities.models import Locality
from pbvote.partnership.meetings.models import Meeting, MeetingItem, MeetingQuestion, QuestionState
from pbvote.partnership.seen import save_over
from pbvote.people.models import Account

MOST_WAITING: Final = 100
"""For one meeting: more than editors read before it begins."""
UNSHOWN_FOR: Final = dt.timedelta(days=92)
NAMED_FOR: Final = dt.timedelta(days=365)


Await = Callable[[MeetingQuestion, int, str], None]
"""What a room above does with the question, the number of its locality, and the address of whoever asks."""
_AWAIT: Final[list[Await]] = []


def asked_with_address(verb: Await) -> Await:
    """Make known what a room above this one does where somebody wants to know when their question is answered."""
    _AWAIT.append(verb)
    return verb


class AsksTooLate(Refusal):
    """A meeting that has begun, or is off."""

    def __init__(self) -> None:
        super().__init__("Questions are taken until the meeting begins. Come and ask there.")


class TooManyQuestions(Refusal):
    """A flood."""

    status = 429

    def __init__(self) -> None:
        super().__init__("Very many questions wait to be read. Come and ask yours at the meeting.")


def ask_question(meeting: Meeting, item: MeetingItem, words: str, name: str, email: str = "") -> None:
    """Keep what a resident asks, until an editor has read it. The address, if any, hears of the answer.

    Raises `AsksTooLate`, `TooManyQuestions`.
    """
    if not meeting.takes_questions:
        raise AsksTooLate
    waiting = (
        sa.select(sa.func.count())
        .select_from(MeetingQuestion)
        .where(
            MeetingQuestion.item_id.in_([each.id for each in meeting.items]),
            MeetingQuestion.state == QuestionState.WAITING,
        )
    )
    if (db.session.scalar(waiting) or 0) >= MOST_WAITING:
        raise TooManyQuestions
    question = MeetingQuestion(item_id=item.id, words=words, name=name)
    db.session.add(question)
    db.session.flush()
    for verb in _AWAIT if email else ():
        verb(question, meeting.locality_id, email)


def questions_of(meeting: Meeting) -> Mapping[int, list[MeetingQuestion]]:
    """What was asked about each item here or at the meeting before, whatever its state; in one statement."""
    ids = [item.id for item in meeting.items]
    here = sa.or_(MeetingQuestion.item_id.in_(ids), MeetingQuestion.next_item_id.in_(ids))
    found: dict[int, list[MeetingQuestion]] = {item_id: [] for item_id in ids}
    for question in db.session.scalars(sa.select(MeetingQuestion).where(here).order_by(MeetingQuestion.id)):
        at = question.item_id if question.item_id in found else question.next_item_id
        found[at or 0].append(question)
    return found


def question_of(locality: Locality, question_id: int) -> MeetingQuestion | None:
    """The question with this number, about a meeting of this partnership; with its item and meeting."""
    wanted = sa.select(MeetingQuestion).join(MeetingQuestion.item).join(MeetingItem.meeting)
    wanted = wanted.where(MeetingQuestion.id == question_id, Meeting.locality_id == locality.id)
    whole = orm.contains_eager(MeetingQuestion.item).contains_eager(MeetingItem.meeting)
    return db.session.scalar(wanted.options(whole))


def waiting_questions(locality: Locality) -> Sequence[MeetingQuestion]:
    """What waits for an editor of this partnership, with the items."""
    wanted = sa.select(MeetingQuestion).join(MeetingQuestion.item).join(MeetingItem.meeting)
    wanted = wanted.where(MeetingQuestion.state == QuestionState.WAITING).order_by(MeetingQuestion.id)
    wanted = wanted.where(Meeting.locality_id == locality.id)
    return db.session.scalars(wanted.options(orm.contains_eager(MeetingQuestion.item))).all()


def show_question(question: MeetingQuestion, seen: int, by: Account) -> None:
    """Let everybody read it. Raises `SavedMeanwhile`."""
    save_over(question, seen, by, {"state": QuestionState.SHOWN, "why": ""})


def refuse_question(question: MeetingQuestion, why: str, seen: int, by: Account) -> None:
    """Show it to nobody, and say why on the meeting's page. Raises `SavedMeanwhile`."""
    gone = {"state": QuestionState.REFUSED, "why": why, "answer": "", "answered_on": None}
    save_over(question, seen, by, gone)


def answer_question(question: MeetingQuestion, answer: str, seen: int, by: Account) -> None:
    """Put an answer under it, which shows both. Raises `SavedMeanwhile`."""
    said = {"state": QuestionState.SHOWN, "why": "", "answer": answer, "answered_on": today()}
    save_over(question, seen, by, said)


def forget_questions() -> int:
    """Delete questions that were never shown for 92 days, and after a year the names beside the others; how many."""
    unshown = sa.delete(MeetingQuestion).where(
        MeetingQuestion.state != QuestionState.SHOWN, MeetingQuestion.asked_on < today() - UNSHOWN_FOR
    )
    named = sa.update(MeetingQuestion).where(MeetingQuestion.name != "", MeetingQuestion.asked_on < today() - NAMED_FOR)
    gone = db.session.scalars(unshown.returning(MeetingQuestion.id)).all()
    db.session.execute(named.values(name=""))
    return len(gone)
