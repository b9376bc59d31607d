"""What people typed is not kept for ever; what it came to stays."""

import datetime as dt
from typing import Final

import sqlalchemy as sa

from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.partnership.engagement.consultations.models import (
    AnswerWords,
    Consultation,
    ConsultationAnswer,
    ConsultationState,
)

AFTER_RESULT: Final = dt.timedelta(days=92)
AFTER_CLOSE: Final = dt.timedelta(days=366)


def forget_consultation_answers() -> int:
    """Delete what was typed, with wards and hours: 92 days after the result, or a year after the close.

    What was called off goes 92 days after that. Under which topics each answer stood remains, and so do the quotes of a
    public result. How many were forgotten.
    """
    ended, told_before = today() - AFTER_RESULT, now() - AFTER_RESULT
    is_due = sa.or_(
        sa.and_(Consultation.state == ConsultationState.TOLD, Consultation.told_at < told_before),
        sa.and_(Consultation.state == ConsultationState.OFF, Consultation.off_on < ended),
        Consultation.closes_on < today() - AFTER_CLOSE,
    )
    due = sa.select(Consultation.id).where(is_due)
    answers = sa.and_(ConsultationAnswer.consultation_id.in_(due), ConsultationAnswer.came_at.is_not(None))
    told = sa.select(Consultation.id).where(Consultation.state == ConsultationState.TOLD)
    in_result = sa.and_(ConsultationAnswer.aside_why == "", ConsultationAnswer.consultation_id.in_(told))
    shown = sa.select(ConsultationAnswer.key).where(in_result)
    is_quote = sa.and_(AnswerWords.is_quoted, AnswerWords.answer_key.in_(shown))
    gone = sa.update(AnswerWords).where(AnswerWords.answer_key.in_(sa.select(ConsultationAnswer.key).where(answers)))
    db.session.execute(gone.where(~is_quote).values(words=""))
    bare = sa.update(ConsultationAnswer).where(answers).values(ward="", came_at=None)
    return len(db.session.scalars(bare.returning(ConsultationAnswer.key)).all())
