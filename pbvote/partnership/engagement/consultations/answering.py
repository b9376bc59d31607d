"""Keep what somebody answers, once. Nothing here commits."""

from collections.abc import Mapping
from hashlib import sha256

import sqlalchemy as sa

from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.partnership.engagement.consultations.models import AnswerWords, Consultation, ConsultationAnswer


class TakesNoAnswers(Refusal):
    """The consultation is not open, now that the answer has come."""

    def __init__(self, consultation: Consultation) -> None:
        if today() > consultation.closes_on:
            sentence = "This consultation is closed, so your answer came too late. What you typed is still below."
        else:
            sentence = "This consultation takes no answers now. What you typed is still below."
        super().__init__(sentence)


def keep_answer(consultation: Consultation, token: str, said: Mapping[int, str], ward: str) -> int:
    """Keep an answer, and return how many there are with it; 0 where this very answer is kept already.

    The token is of one page, and the key is a digest of it and of all that was typed. So a second press stores nothing,
    and whoever goes back on a shared tablet and types something else loses nothing. Raises `TakesNoAnswers`.
    """
    # Of two presses, the second waits here.
    db.session.scalar(sa.select(Consultation.id).where(Consultation.id == consultation.id).with_for_update())
    db.session.refresh(consultation, ["state", "opens_on", "closes_on", "answered"])
    typed = "\0".join((token, ward, *(f"{place} {words}" for place, words in sorted(said.items()))))
    key = sha256(f"{consultation.id}\0{typed}".encode()).hexdigest()[:32]
    if db.session.get(ConsultationAnswer, key):
        return 0
    if not consultation.is_open:
        raise TakesNoAnswers(consultation)
    hour = now().replace(minute=0, second=0, microsecond=0)
    db.session.add(ConsultationAnswer(key=key, consultation_id=consultation.id, ward=ward, came_at=hour))
    db.session.flush()
    for question in consultation.questions:
        if words := said.get(question.position):
            db.session.add(AnswerWords(answer_key=key, question_id=question.id, words=words))
    consultation.answered += 1
    db.session.flush()
    return consultation.answered
