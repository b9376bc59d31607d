"""Draft a consultation, publish it, move its close, call it off; find consultations. Nothing here commits."""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import today
from pbvote.core.working_days import working_days_after
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.localities.models import Locality
from pbvote.paging import Page, fetch_page
from pbvote.partnership.engagement.consultations.models import (
    RESULT_IN_DAYS,
    Consultation,
    ConsultationQuestion,
    ConsultationState,
)
from pbvote.partnership.seen import save_over
from pbvote.people.models import Account

PAGE: Final = 30
CODE_SIGNS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""No two of them look alike on a poster."""
CODE_LENGTH: Final = 6


class NotThatFar(Refusal):
    """A consultation that has come further, or not so far, since the page was opened."""


@dataclass(frozen=True, slots=True)
class SaidOfConsultation:
    """What an editor says of a consultation."""

    title: str
    why: str
    questions: Sequence[str]
    opens_on: dt.date
    closes_on: dt.date
    officer: str


def result_due(closes_on: dt.date) -> dt.date:
    """The day by which everybody can read the result of a consultation that closes on this day."""
    return working_days_after(closes_on, RESULT_IN_DAYS)


def _values(said: SaidOfConsultation) -> dict[str, object]:
    days = {"opens_on": said.opens_on, "closes_on": said.closes_on, "result_due_on": result_due(said.closes_on)}
    return {"title": said.title, "why": said.why, "officer": said.officer, **days}


def draft_consultation(locality: Locality, said: SaidOfConsultation, by: Account) -> Consultation:
    """A new consultation, which nobody but editors finds."""
    code = "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))
    consultation = Consultation(locality_id=locality.id, code=code, changed_by_id=by.id, **_values(said))
    consultation.questions = _questions(said.questions)
    db.session.add(consultation)
    db.session.flush()
    return consultation


def _questions(words: Sequence[str]) -> list[ConsultationQuestion]:
    return [ConsultationQuestion(position=position, words=each) for position, each in enumerate(words, 1)]


def change_draft(consultation: Consultation, said: SaidOfConsultation, seen: int, by: Account) -> None:
    """Say something else of a draft. Raises `SavedMeanwhile`, and `NotThatFar` once it is out."""
    _require_draft(consultation)
    save_over(consultation, seen, by, _values(said))
    if [question.words for question in consultation.questions] != list(said.questions):
        consultation.questions = []
        db.session.flush()
        consultation.questions = _questions(said.questions)
        db.session.flush()


def _require_draft(consultation: Consultation) -> None:
    if not consultation.is_draft:
        raise NotThatFar("This consultation is out, so its questions stay as they are.")


def remove_draft(consultation: Consultation) -> None:
    """Delete a draft. Raises `NotThatFar` for any other."""
    _require_draft(consultation)
    db.session.delete(consultation)
    db.session.flush()


def publish_consultation(consultation: Consultation, seen: int, by: Account) -> None:
    """Let everybody find it; it takes answers from its first day on. Raises `NotThatFar`, `SavedMeanwhile`."""
    _require_draft(consultation)
    if consultation.closes_on < today():
        raise NotThatFar("Its closing day is over. Choose one to come first.")
    save_over(consultation, seen, by, {"state": ConsultationState.OUT})


def require_not_closed(consultation: Consultation) -> None:
    """Raise `NotThatFar` for a consultation that is no longer, or not yet, to be answered."""
    if not (consultation.is_open or consultation.is_to_come):
        raise NotThatFar("This consultation is closed, or is not out. Its closing day stays as it was.")


def move_close(consultation: Consultation, closes_on: dt.date, officer: str, seen: int, by: Account) -> None:
    """Give a consultation that is out another closing day or officer: the day of its result moves with the close.

    Raises `NotThatFar`, `SavedMeanwhile`.
    """
    require_not_closed(consultation)
    values: dict[str, object] = {"closes_on": closes_on, "result_due_on": result_due(closes_on), "officer": officer}
    if closes_on != consultation.closes_on and consultation.was_to_close_on is None:
        values["was_to_close_on"] = consultation.closes_on
    save_over(consultation, seen, by, values)


def require_to_call_off(consultation: Consultation) -> None:
    """Raise `NotThatFar` where there is nothing to call off."""
    if consultation.state is not ConsultationState.OUT:
        raise NotThatFar("Only a consultation that is out and has no result can be called off.")


def call_off_consultation(consultation: Consultation, why: str, seen: int, by: Account) -> None:
    """Say that nothing comes of it, and why; its page stays. Raises `NotThatFar`, `SavedMeanwhile`."""
    require_to_call_off(consultation)
    save_over(consultation, seen, by, {"state": ConsultationState.OFF, "off_on": today(), "off_reason": why})


def _whole() -> sa.Select[Consultation]:
    parts = (orm.selectinload(Consultation.questions), orm.joinedload(Consultation.wont))
    return sa.select(Consultation).options(*parts, orm.joinedload(Consultation.locality))


def consultation_of(locality: Locality, consultation_id: int) -> Consultation | None:
    """The partnership's consultation with this number, whatever its state; in two statements."""
    wanted = _whole().where(Consultation.locality_id == locality.id, Consultation.id == consultation_id)
    return db.session.execute(wanted).unique().scalar_one_or_none()


def consultation_with_code(code: str) -> Consultation | None:
    """The public consultation that a poster leads to, with its locality's wards."""
    wanted = sa.select(Consultation).where(Consultation.code == code, Consultation.state != ConsultationState.DRAFT)
    wards = orm.joinedload(Consultation.locality).selectinload(Locality.wards)
    return db.session.scalar(wanted.options(orm.selectinload(Consultation.questions), wards))


def _listed(locality: Locality) -> sa.Select[Consultation]:
    is_waiting = Consultation.state.in_((ConsultationState.OUT, ConsultationState.DRAFT))
    order = (is_waiting.desc(), Consultation.closes_on.desc(), Consultation.id.desc())
    return sa.select(Consultation).where(Consultation.locality_id == locality.id).order_by(*order)


def public_consultations(locality: Locality, number: int) -> Page[Consultation]:
    """A page of what the partnership has asked, what has no result yet first."""
    return fetch_page(_listed(locality).where(Consultation.state != ConsultationState.DRAFT), number, PAGE)


def kept_consultations(locality: Locality, number: int) -> Page[Consultation]:
    """The same for its editors, with drafts."""
    return fetch_page(_listed(locality), number, PAGE)


def results_awaited(locality: Locality) -> list[Consultation]:
    """The closed consultations whose results everybody waits for, the first due first."""
    wanted = sa.select(Consultation).where(Consultation.locality_id == locality.id, is_awaited())
    return list(db.session.scalars(wanted.order_by(Consultation.result_due_on, Consultation.id)))


def is_awaited() -> sa.ColumnElement[bool]:
    """Whether a consultation is closed and has no result, for a query."""
    return sa.and_(Consultation.state == ConsultationState.OUT, Consultation.closes_on < today())


def open_in(locality_id: orm.InstrumentedAttribute[int]) -> tuple[sa.ScalarSelect[str], sa.ScalarSelect[str]]:
    """The code and the title of the consultation in a locality that closes next: two columns for a larger query."""
    is_open = sa.and_(
        Consultation.locality_id == locality_id,
        Consultation.state == ConsultationState.OUT,
        Consultation.opens_on <= today(),
        Consultation.closes_on >= today(),
    )
    order = (Consultation.closes_on, Consultation.id)
    code = sa.select(Consultation.code).where(is_open).order_by(*order).limit(1).scalar_subquery()
    title = sa.select(Consultation.title).where(is_open).order_by(*order).limit(1).scalar_subquery()
    return code, title
