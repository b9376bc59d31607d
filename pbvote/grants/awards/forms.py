"""The decision record."""

from pbvote.core.clock import today
from pbvote.fields import DayField, Form, TextArea


class FreedForm(Form):
    """What becomes of money that a group declined."""

    freed_reason = TextArea(
        "What becomes of the money?",
        hint="For the record: for example, it stays in the locality for next year, and who decided so.",
        rows=3,
        max_words=100,
        required="Write down what becomes of the money",
    )


class DecisionForm(Form):
    """When and why the council awards what the residents chose."""

    decided_on = DayField("Day of the decision", required="Enter the day of the decision")
    reason = TextArea(
        "The decision",
        hint="For the record: who decided, on what ground, and any interests that were declared.",
        rows=4,
        max_words=200,
        required="Write the decision down",
    )

    def validate(self, extra_validators: object = None) -> bool:
        """A decision is made before it is recorded."""
        if not super().validate(extra_validators):
            return False
        if self.decided_on.data and self.decided_on.data > today():
            self.refuse("The day of the decision can't be in the future", "decided_on")
            return False
        return True
