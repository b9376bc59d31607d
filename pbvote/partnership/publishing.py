"""When something comes out: now, or by the clock at an hour to come."""

import datetime as dt

from wtforms import HiddenField

from pbvote.core.clock import now, uk_moment
from pbvote.fields import ChoiceField, DayField, TimeField
from pbvote.partnership.seen import SeenForm


class PublishForm(SeenForm):
    """Now, or at an hour."""

    seen = HiddenField(id="publish-seen")  # other forms of the page have one, too
    when = ChoiceField(
        "When can everybody read it?",
        choices=[("now", "Now"), ("later", "At an hour to come")],
        required="Choose when everybody can read it",
    )
    out_on = DayField("Day", is_conditional=True)
    out_at = TimeField("Hour", hint="For example, 9am or 09:00.", is_conditional=True)

    def validate(self, extra_validators: object = None) -> bool:
        """An hour to come is one that has not been."""
        super().validate(extra_validators)
        if self.when.data == "later" and not self.errors:
            for name, sentence in (("out_on", "Enter the day"), ("out_at", "Enter the hour")):
                if self[name].data is None:
                    self.refuse(sentence, name)
            if not self.errors and self.moment and self.moment <= now():
                self.refuse("This hour is over. Choose one to come, or Now", "out_on")
        return not self.errors

    @property
    def moment(self) -> dt.datetime | None:
        """The hour that was named, in a form that is valid; None for now."""
        return uk_moment(self.out_on.given, self.out_at.given) if self.when.data == "later" else None
