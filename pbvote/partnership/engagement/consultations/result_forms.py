"""What editors say of a consultation's result."""

from collections.abc import Sequence

from pbvote.fields import ManyField, Row, RowsField, TextArea, TextField
from pbvote.partnership.engagement.consultations.models import Consultation
from pbvote.partnership.meetings.actions.models import Action
from pbvote.partnership.seen import SeenForm


class _WontRow(Row):
    """Something that will not be done."""

    what = TextField("What was asked for", max_length=120, is_for_everybody=True)
    why = TextArea("Why we won’t do it", rows=3, max_words=80, is_for_everybody=True)


class ResultForm(SeenForm):
    """What was heard, and what becomes of it."""

    heard = TextArea(
        "What we heard, in a few sentences",
        hint="The picture of the topics stands below it.",
        rows=5,
        max_words=150,
        required=False,
        is_for_everybody=True,
    )
    actions = ManyField("What we will do", required=False)
    wont = RowsField(_WontRow, "What we won’t do, and why", rows=3, row_name="No")

    def offer(self, actions: Sequence[Action]) -> "ResultForm":
        """Offer these actions."""
        self.actions.choices = [(str(action.id), f"{action.what} ({action.led_by})") for action in actions]
        return self

    @staticmethod
    def data_of(consultation: Consultation, actions: Sequence[Action]) -> dict[str, object]:
        """What the form shows of a result."""
        wont = [{"what": each.what, "why": each.why} for each in consultation.wont]
        chosen = [str(action.id) for action in actions]
        return {"seen": str(consultation.version), "heard": consultation.heard, "actions": chosen, "wont": wont}
