"""The decision record, and what becomes of money that a group declined."""

from typing import Self

from pbvote.core.clock import today
from pbvote.fields import DayField, Form, TextArea, TextField
from pbvote.grants.awards.deciding import DecisionRecord
from pbvote.grants.awards.models import AwardDecision


class FreedForm(Form):
    """What becomes of money that a group declined."""

    freed_reason = TextArea(
        "What becomes of the money?",
        hint="For the record: for example, it stays in the locality for next year, and who decided so.",
        rows=3,
        max_words=100,
        required="Write down what becomes of the money",
    )


class GiveBackForm(Form):
    """A group can't do its project after all."""

    words = TextArea(
        "Why is that?",
        hint="A sentence is enough. Only the council reads it.",
        rows=3,
        max_words=60,
        required=False,
    )


class DecisionForm(Form):
    """When, by whom and why the council awards what the residents chose."""

    decided_on = DayField("Day of the decision", required="Enter the day of the decision")
    decided_by = TextField(
        "Who decided",
        hint="A name and an office, or a meeting",
        max_length=150,
        required="Enter who decided",
    )
    reason = TextArea(
        "What was decided, and why",
        hint="For example: the council follows the residents’ vote.",
        rows=3,
        max_words=200,
        required="Write the decision down",
    )
    alternatives = TextArea(
        "What else was considered",
        hint="And why it was not done",
        rows=2,
        max_words=100,
        required=False,
    )
    interests = TextArea(
        "Interests declared",
        hint="Who belongs to a group that bid, and stood back? Write “None” where nobody does.",
        rows=2,
        max_words=100,
        required="Write down which interests were declared, or “None”",
    )

    @classmethod
    def showing(cls, decision: AwardDecision | None) -> Self:
        """The form filled in with what an earlier one says, if there is one."""
        return cls(obj=decision)

    def validate(self, extra_validators: object = None) -> bool:
        """A decision is made before it is recorded."""
        if not super().validate(extra_validators):
            return False
        if self.decided_on.data and self.decided_on.data > today():
            self.refuse("The day of the decision can’t be in the future", "decided_on")
            return False
        return True

    @property
    def record(self) -> DecisionRecord:
        """What the form says."""
        return DecisionRecord(
            decided_on=self.decided_on.given,
            decided_by=self.decided_by.data,
            reason=self.reason.data,
            alternatives=self.alternatives.data,
            interests=self.interests.data,
        )
