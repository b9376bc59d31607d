"""The report itself, as many questions as its size has, and the photo of a receipt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from werkzeug.datastructures import MultiDict
from wtforms import Field

from pbvote.fields import (
    ChoiceField,
    FileField,
    IntegerField,
    ManyField,
    MoneyField,
    TextArea,
    TextField,
    TickField,
)
from pbvote.files.forms import PhotoReading, photo_field
from pbvote.grants.promises.models import KeptBy, Promise
from pbvote.grants.promises.ticking import ASKED, choices_of, kept_ids, offer
from pbvote.grants.reports.drafts import Typed
from pbvote.grants.reports.models import LeftPlan, Report, ReportSize
from pbvote.grants.reports.sending import NewReport
from pbvote.grants.reports.sizes import LineAsked

LEFT_PLANS = {LeftPlan.KEEP: "Keep it for the same purpose", LeftPlan.SEND_BACK: "Send it back"}
_MOST_PEOPLE = 1_000_000


@dataclass(frozen=True, slots=True)
class Questions:
    """What a report is asked: by its size, and by what its group promised."""

    size: ReportSize
    lines: Sequence[LineAsked]
    """Of which it has a figure."""
    currency: str
    benefits: str
    """Who the group said would benefit; "" where it said nothing."""
    promises: Sequence[Promise]
    """Which it can tick."""
    has_photo: bool = False
    """Whether a photo is kept with it already."""
    is_about_receipts: bool = False
    """Whether it takes photos of receipts, and so a word where one is missing."""


class ReportForm(PhotoReading):
    """A report: as many questions as its size has. `asking` makes it."""

    @classmethod
    def asking(cls, asked: Questions, typed: Typed | None = None, said: Mapping[str, object] | None = None) -> Self:
        """The form with these questions: as it was sent, or filled in with a draft, or with what a report says."""
        made = cls.with_fields(**_fields_of(asked))
        if said is not None:
            form = made(formdata=None, data=said)
        else:
            form = made(formdata=MultiDict(typed)) if typed is not None else made()
        if "kept" in form:
            offer(form["kept"], choices_of(asked.promises))
        return form

    def typed(self, sent: "MultiDict[str, str]") -> dict[str, str | list[str]]:
        """Of what was sent, what the page's own boxes are called; a photo is kept by itself."""
        names = {field.name for field in self.page_fields()} - {"photo"}
        kept = {name: sent.getlist(name) for name in names if name in sent}
        return {name: texts if isinstance(self[name], ManyField) else texts[0] for name, texts in kept.items()}

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether every answer will do; what is left has a plan."""
        is_valid = super().validate(extra_validators)
        if "left_pence" in self and self["left_pence"].data and not self["left_wish"].data:
            self.refuse("Say what you would like to do with what is left", "left_wish")
            is_valid = False
        return is_valid

    def report(self, lines: Sequence[LineAsked]) -> NewReport:
        """What a valid form says."""

        def said(name: str) -> Any:
            return self[name].data if name in self else None

        left = said("left_pence")
        return NewReport(
            happened=said("happened"),
            people=said("people"),
            left_pence=left,
            left_wish=LeftPlan(said("left_wish")) if left else None,
            may_quote=bool(said("may_quote")),
            why_no_receipt=said("why_no_receipt") or "",
            spent={line.position: said(line.field) for line in lines},
            kept=kept_ids(self["kept"]) if "kept" in self else (),
        )


def said_in(report: Report, promises: Sequence[Promise]) -> dict[str, object]:
    """What a report says, to fill in its form; of these promises, those that it ticked."""
    names = ("happened", "people", "left_pence", "left_wish", "may_quote", "why_no_receipt")
    spent = {f"spent_{line.position}": line.spent_pence for line in report.lines}
    kept = [promise.id for promise in promises if promise.kept_by is KeptBy.REPORT]
    return {**{name: getattr(report, name) for name in names}, **spent, "kept": kept}


def _fields_of(asked: Questions) -> dict[str, Field]:
    """The questions of a size, in the order of the page, which is the order in which they are made."""
    photo, why = {"photo": _own_photo(has_photo=asked.has_photo)}, {}
    kept = {"kept": ManyField(ASKED, hint="Tick those that have.", required=False)} if asked.promises else {}
    if asked.is_about_receipts:
        hint = "You add photos of receipts at the end of this page."
        why = {"why_no_receipt": TextField("Is a receipt missing? Say why", hint=hint, required=False)}
    if asked.size is ReportSize.PHOTO:
        happened = TextArea(
            "What happened?", hint="Two sentences are enough.", rows=3, max_words=100, required="Say what happened"
        )
        return {"happened": happened, **kept, **why, **photo}
    figures = {**_line_fields(asked.lines, asked.currency), **why, **_left_fields(asked.currency)}
    happened, people = _page_fields(asked.benefits)
    told = {"happened": happened, **kept, "people": people}
    return {**told, **figures, **photo, "may_quote": TickField("You may quote us")}


def _own_photo(*, has_photo: bool) -> FileField:
    hint = "Only if everybody in it agrees. We keep no place and no date of it."
    return photo_field("Another photo" if has_photo else "A photo", hint, False)


def _line_fields(lines: Sequence[LineAsked], currency: str) -> dict[str, Field]:
    return {
        line.field: MoneyField(
            f"{line.what}: what did the grant pay?",
            hint="0 if nothing",
            currency=currency,
            least=0,
            noun=line.what,
            required=f"Enter what the grant paid for “{line.what}”, or 0",
        )
        for line in lines
    }


def _page_fields(benefits: str) -> tuple[Field, Field]:
    happened = TextArea(
        "What happened?", hint="Half a page is enough.", rows=6, max_words=400, required="Say what happened"
    )
    people = IntegerField(
        "How many people took part?",
        hint=f"You wrote: “{benefits}”" if benefits else "Roughly is fine.",
        least=0,
        most=_MOST_PEOPLE,
        required="Enter how many people took part. Roughly is fine",
    )
    return happened, people


def _left_fields(currency: str) -> dict[str, Field]:
    return {
        "left_pence": MoneyField(
            "How much of the money is left?",
            hint="0 if nothing",
            currency=currency,
            least=0,
            required="Enter what is left, or 0",
        ),
        "left_wish": ChoiceField(
            "If some is left, what would you like to do?",
            choices=[(plan.value, words) for plan, words in LEFT_PLANS.items()],
            is_conditional=True,
        ),
    }


class ReceiptForm(PhotoReading):
    """A photo of a receipt, and which line of the budget it is for."""

    photo_name = "receipt"
    position = ChoiceField("What is it for?", required="Choose what it is for")
    receipt = photo_field("Photo of the receipt", "JPEG, PNG, WebP or HEIC, up to 15 MB", "Choose a photo")

    @classmethod
    def for_lines(cls, lines: Sequence[LineAsked]) -> Self:
        """The form with these lines to choose from."""
        form = cls()
        form.position.choices = [(str(line.position), line.what) for line in lines]
        return form
