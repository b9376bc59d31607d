"""What is filled in about changes, thanks, money that is left, and closing."""

from collections.abc import Sequence
from typing import Any, Self

from wtforms import HiddenField

from pbvote.core.clock import today
from pbvote.core.reading import sent_number
from pbvote.fields import ChoiceField, DayField, Form, ManyField, MoneyField, TextArea, TextField, TickField
from pbvote.grants.promises.models import Promise
from pbvote.grants.promises.ticking import ASKED, choices_of, kept_ids, offer
from pbvote.grants.reports.changing import ChangeAnswer
from pbvote.grants.reports.closing import ClosingWords
from pbvote.grants.reports.report_form import LEFT_PLANS
from pbvote.grants.visits.models import CheckIn


class MoreTimeForm(Form):
    """A group needs more time."""

    words = TextArea("What has happened?", hint="One sentence is enough.", rows=2, max_words=60, required="Say why")
    ends_on = DayField("Until when?", required="Enter the day until which you need")

    def validate(self, extra_validators: Any = None) -> bool:
        """The day is to come."""
        if not super().validate(extra_validators):
            return False
        if self.ends_on.given < today():
            self.refuse("Enter a day to come", "ends_on")
        return not self.errors


class SpendDifferentlyForm(Form):
    """A group would spend some of it on something else."""

    words = TextArea(
        "What would you spend it on?", hint="One sentence is enough.", rows=2, max_words=60, required="Say on what"
    )
    moved_pence = MoneyField("How much of the grant?", least=1, required="Enter how much")


class WrongForm(Form):
    """What is wrong in a report that was sent: the group says so, or an officer does."""

    words = TextArea(
        "What is wrong?", hint="One sentence is enough.", rows=2, max_words=60, required="Say what is wrong"
    )


class ReceiptsForm(Form):
    """Why an officer asks a group for its receipts."""

    reason = TextArea(
        "Why do you ask?",
        hint="The group reads it. One sentence is enough.",
        rows=2,
        max_words=60,
        required="Say why you ask",
    )


class ChangeAnswerForm(Form):
    """An officer's answer to what a group asks."""

    said = ChoiceField("Do you agree?", choices=[("yes", "Yes"), ("no", "No")], required="Choose yes or no")
    answer = TextArea("A sentence for the group", rows=2, max_words=60, required="Write a sentence for the group")
    reason = TextField(
        "For the record: why do you agree?", hint="It moves more than 10 % of the grant.", is_conditional=True
    )

    @classmethod
    def about(cls, *, needs_reason: bool, is_sent: bool = False) -> Self:
        """The form, empty or as it was sent; it asks for a reason only where a large change needs one."""
        form = cls() if is_sent else cls(formdata=None)
        if not needs_reason:
            del form.reason
        return form

    @property
    def change_answer(self) -> ChangeAnswer:
        """What the form says."""
        return ChangeAnswer(self.said.data == "yes", self.answer.data, self.reason.data if self.reason else "")


class ThanksForm(Form):
    """The thank-you, filled in, to be put better."""

    thanks = TextArea(
        "Your thank-you", hint="They get this by e-mail.", rows=7, max_words=150, required="Write a thank-you"
    )


class UseForm(Form):
    """Where the council used a report."""

    used_in = TextField("Where was it used?", hint="For example: in the board report of November", required="Say where")


class LeftForm(Form):
    """What becomes of money that is left."""

    plan = ChoiceField(
        "What do you agree to?",
        choices=[(plan.value, words) for plan, words in LEFT_PLANS.items()],
        required="Choose one",
    )


class ClosingForm(Form):
    """The officer's part of the checklist."""

    promises = TickField("I have looked at what they promised, and at what happened")
    why_accounted = TextField("Why is the money accounted for all the same?", is_conditional=True)

    @classmethod
    def asking(cls, *, about_money: bool, is_sent: bool = False) -> Self:
        """The form, empty or as it was sent; it asks about the money only where the sums don't fit."""
        form = cls() if is_sent else cls(formdata=None)
        if not about_money:
            del form.why_accounted
        return form

    @property
    def words(self) -> ClosingWords:
        """What the form says."""
        return ClosingWords(self.promises.data, self.why_accounted.data if self.why_accounted else "")


class ReopenGrantForm(Form):
    """Why a closed grant is opened again."""

    words = TextField("Why do you open it again?", required="Say why")


class VisitForm(Form):
    """The visit of which a group says “Yes, that’s how it was”."""

    check_in = HiddenField()
    kept_then = ManyField(ASKED, hint="Tick those that have.", required=False)

    def about(self, visit: CheckIn | None, promises: Sequence[Promise]) -> Self:
        """The same for the visit that the page shows, with these promises to be ticked."""
        if visit:
            self.check_in.data = str(visit.id)
        offer(self.kept_then, choices_of(promises))
        if not promises:
            del self.kept_then
        return self

    @property
    def kept_ids(self) -> list[int]:
        """The ids of the promises that were ticked."""
        return kept_ids(self.kept_then)

    @property
    def check_in_id(self) -> int:
        """The visit's number, as the page showed it; 0 where nobody's page said so."""
        return sent_number(self.check_in.data)
