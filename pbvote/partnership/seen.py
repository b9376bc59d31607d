"""What an editor saw before they saved. Of two who save the same row, the second reads what changed, and chooses."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column
from wtforms import Field, HiddenField

from pbvote.core.clock import now
from pbvote.core.reading import sent_number
from pbvote.db import Base, db
from pbvote.errors import Refusal
from pbvote.fields import Form
from pbvote.filters import day, hour
from pbvote.people.models import Account
from pbvote.people.service import names_of


class Versioned(Base):
    """A row that several people edit: which version it is, and who wrote it."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[dt.datetime] = mapped_column(default=now)
    changed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)


class SavedMeanwhile(Refusal):
    """Somebody else saved the row after this page was opened."""

    def __init__(self, row: Versioned) -> None:
        who = names_of({row.changed_by_id}).get(row.changed_by_id) if row.changed_by_id else None
        super().__init__(
            f"{who or 'Somebody'} saved this at {hour(row.changed_at)}, after you opened it. Read what changed. "
            "Save again to put yours in its place."
        )


def save_over(row: Versioned, seen: int, by: Account, said: Mapping[str, object]) -> None:
    """Store what was said, where the row still is as it was seen: one statement decides. Raises `SavedMeanwhile`."""
    model = type(row)
    claim = sa.update(model).where(model.id == row.id, model.version == seen)
    claim = claim.values(**said, version=seen + 1, changed_at=now(), changed_by_id=by.id)
    taken = db.session.scalar(claim.returning(model.version).execution_options(synchronize_session=False))
    db.session.refresh(row)
    if taken is None:
        raise SavedMeanwhile(row)


class SeenForm(Form):
    """A form that knows which version of its row the page showed."""

    seen = HiddenField()

    @property
    def version_seen(self) -> int:
        """The version that the page showed; 0 for none."""
        return sent_number(self.seen.data)

    def show_again(self, row: Versioned) -> None:
        """The page shows this version now, so the next press may save over it."""
        self.seen.data = str(row.version)


@dataclass(frozen=True, slots=True)
class Changed:
    """An answer that was changed meanwhile, and what is about to take its place."""

    label: str
    theirs: str
    yours: str


def differences(yours: Form, theirs: Form) -> list[Changed]:
    """Where two fillings of the same form differ."""
    return list(_differences(yours, theirs))


def _differences(yours: Form, theirs: Form) -> Iterator[Changed]:
    for field in yours.page_fields():
        if isinstance(field, HiddenField):
            continue
        there, here = _in_words(theirs[field.name]), _in_words(field)
        if there != here:
            yield Changed(str(field.label.text), there or "Nothing", here or "Nothing")


def _in_words(field: Field) -> str:
    """An answer as a sentence may quote it."""
    if isinstance(field.data, bool):
        return "Yes" if field.data else "No"
    if isinstance(field.data, dt.date):
        return day(field.data)
    if choices := getattr(field, "choices", None):
        words, shown = {str(value): text for value, text in choices}, field.shown
        chosen = shown if isinstance(shown, list) else [shown]
        return "; ".join(str(words.get(str(each), "")) for each in chosen)
    return str(field.shown).strip() if field.data is not None else ""
