"""The check-in."""

import datetime as dt
import secrets
from hashlib import sha256

from wtforms import HiddenField

from pbvote.core.clock import today
from pbvote.fields import ChoiceField, DayField, Form, ManyField, TextArea
from pbvote.filters import day
from pbvote.grants.visits.models import NEEDS, ContactMethod, Status
from pbvote.grants.visits.service import NewCheckIn

CONTACT_METHODS = {ContactMethod.VISIT: "Visit", ContactMethod.CALL: "Phone call", ContactMethod.MESSAGE: "Message"}
STANDINGS = {
    Status.GOING_WELL: "Going well",
    Status.COULD_USE_HELP: "Could use help",
    Status.WORRIED: "I'm worried",
    Status.NOT_REACHED: "I tried and could not reach them",
}
COLOURS = {
    Status.GOING_WELL: ("Green", "green"),
    Status.COULD_USE_HELP: ("Amber", "orange"),
    Status.WORRIED: ("Red", "red"),
    Status.NOT_REACHED: ("Amber", "orange"),
}
"""What the board calls each standing. A neighbour is never asked for a colour."""


KEEP, NO_MORE = "keep", "none"
_WEEKS = {"2": 2, "6": 6}
NEXT_VISITS = [("2", "In 2 weeks"), ("6", "In 6 weeks"), (NO_MORE, "No more visits needed")]


class CheckInForm(Form):
    """What a member saw. Today and "visit" are filled in."""

    form_key = HiddenField()
    standing = ChoiceField(
        "How is the group doing?",
        choices=[(standing.value, words) for standing, words in STANDINGS.items()],
        required="Say how the group is doing",
    )
    needs = ManyField("What could they use?", choices=list(NEEDS.items()), required=False)
    words = TextArea(
        "A few words", hint="The group may ask to see this. Write facts.", rows=4, max_words=200, required=False
    )
    concern = TextArea(
        "Anything that the group should not see?",
        hint="Organisers and auditors read this.",
        rows=3,
        max_words=200,
        required=False,
    )
    met_on = DayField("Which day was it?", required="Enter the day")
    contact_method = ChoiceField(
        "How?",
        choices=[(method.value, words) for method, words in CONTACT_METHODS.items()],
        required="Choose how",
    )
    next_visit = ChoiceField(
        "Next visit", hint="If you choose nothing, the plan stays as it is.", choices=NEXT_VISITS, is_conditional=True
    )
    next_on = DayField("Or on another day", is_conditional=True)

    @classmethod
    def fresh(cls) -> "CheckInForm":
        """A form to fill in. Its key lets a second sending be known."""
        return cls(data={"form_key": secrets.token_hex(8), "met_on": today(), "contact_method": ContactMethod.VISIT})

    def keep(self, due_on: dt.date | None) -> "CheckInForm":
        """Let the member keep the visit that is planned, where it is still to come."""
        if due_on and due_on >= today():
            self.next_visit.choices = [*NEXT_VISITS[:2], (KEEP, f"Keep {day(due_on)}"), *NEXT_VISITS[2:]]
        elif self.next_visit.data == KEEP:
            self.next_visit.data = ""  # the plan has changed since the page was opened, and stays as it is now
        return self

    def validate(self, extra_validators: object = None) -> bool:
        """It was not in the future, and the next visit comes after it."""
        if not super().validate(extra_validators):
            return False
        met_on, next_on = self.met_on.data, self.next_on.data
        if met_on and met_on > today():
            self.refuse("The day can't be in the future", "met_on")
        if next_on and next_on < today():
            self.refuse("The next visit must be today or later", "next_on")
        if next_on and self.next_visit.data:
            self.refuse("Choose one answer above, or enter another day, not both", "next_on")
        if self.standing.data == Status.WORRIED and not (self.words.data or self.concern.data):
            self.refuse("Say what worries you, here or in the box below", "words")
        return not self.errors

    def _key(self) -> str:
        """The same for the same form sent twice; another where the member went back and changed a word."""
        said = sorted((name, value) for name, value in self.data.items() if name != "csrf_token")
        return sha256(repr(said).encode()).hexdigest()

    @property
    def check_in(self) -> NewCheckIn:
        """What the form says."""
        return NewCheckIn(
            form_key=self._key(),
            met_on=self.met_on.data or today(),
            contact_method=ContactMethod(self.contact_method.data),
            standing=Status(self.standing.data),
            needs=self.needs.data,
            words=self.words.data,
            concern=self.concern.data,
            next_on=self._next_on(),
            is_last=self.next_visit.data == NO_MORE,
        )

    def _next_on(self) -> dt.date | None:
        weeks = _WEEKS.get(self.next_visit.data)
        return today() + dt.timedelta(weeks=weeks) if weeks else self.next_on.data
