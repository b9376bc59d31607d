"""What somebody of a group fills in to accept, and who else confirms."""

from collections.abc import Callable, Sequence
from typing import Self

from pbvote.core.clock import today
from pbvote.fields import ChoiceField, DayField, EmailField, Form, Row, RowsField, TextArea, TextField, TickField
from pbvote.grants.awards.models import Award
from pbvote.grants.promises.accepting import SaidYes, SecondMissing, WrongPromises
from pbvote.grants.promises.models import MOST_PROMISES, Acceptance
from pbvote.grants.promises.proposing import LONGEST, NewPromise, proposed
from pbvote.grants.promises.second import Second, SecondIsFirst
from pbvote.grants.promises.terms import fewest_promises, last_day, takes_two
from pbvote.people.models import Account

SOMEBODY_ELSE = "else"


def _lead_field() -> TextField:
    """Asked of groups that work with people at risk."""
    return TextField(
        "Who looks after safeguarding in your group?",
        hint="Their name and telephone number. Your mentor reads it.",
        noun="Name and number",
        max_length=120,
        required="Enter who looks after safeguarding, with a telephone number",
    )


class PromiseRow(Row):
    """One promise."""

    words = TextArea(
        "What will have happened?",
        noun="A promise",
        rows=2,
        max_length=LONGEST,
        look={"maxlength": None},
        required="Say what will have happened",
    )
    due_on = DayField("By which day?", required="Enter the day")


class AcceptForm(Form):
    """Everything that a group says when it accepts. The page comes filled in."""

    promises = RowsField(PromiseRow, "Your promises", rows=MOST_PROMISES, row_name="Promise")
    name = TextField("Your name", autocomplete="name", max_length=80, required="Enter your name")
    role = TextField(
        "What are you in the group?",
        hint="For example, chair or treasurer",
        noun="Your role",
        max_length=80,
        required="Enter what you are in the group",
    )
    lead = _lead_field()
    second = ChoiceField("Who else of your group confirms?", is_conditional=True)
    second_name = TextField("Their name", autocomplete="off", max_length=80, is_conditional=True)
    second_email = EmailField("Their e-mail address", autocomplete="off", is_conditional=True)
    agreed = TickField("We accept the award and agree to these six sentences", required="Tick the box to accept")

    @classmethod
    def of(cls, award: Award, by: Account, others: Sequence[Account] = (), *, is_desk: bool = False) -> Self:
        """The form for this award, filled in for whoever opens it. The desk leaves the people to be named."""
        ideas = proposed(award.bid, last_day(award), fewest_promises(award))
        rows = [{"words": idea.words, "due_on": idea.due_on} for idea in ideas]
        people = {} if is_desk else {"name": by.name, "role": "Contact"}
        form = cls(data={"promises": rows, **people, "second": str(others[0].id) if others else SOMEBODY_ELSE})
        form._fit(award, others, is_desk=is_desk)
        return form

    def _fit(self, award: Award, others: Sequence[Account], *, is_desk: bool) -> None:
        """Ask only for what this award takes."""
        for row in self.promises:
            row.form.due_on.earliest, row.form.due_on.latest = today(), last_day(award)
        if not award.bid.works_with_people_at_risk:
            del self.lead
        self.people = {str(each.id): each for each in others}
        if not takes_two(award):
            del self.second, self.second_name, self.second_email
        elif is_desk or not others:
            del self.second
        else:
            names = [(str(each.id), each.name) for each in others]
            self.second.choices = [*names, (SOMEBODY_ELSE, "Somebody else")]
        if is_desk and takes_two(award):
            del self.second_email
        self.fewest = fewest_promises(award)
        filled = [number for number, row in enumerate(self.promises, start=1) if not row.form.is_blank()]
        self.shown_rows = max(self.fewest, *filled) if filled else self.fewest

    def validate(self, extra_validators: object = None) -> bool:
        """Whoever is named has a name, and an address where a letter goes to them."""
        if not super().validate(extra_validators):
            return False
        if self.second_name and not self._chosen():
            if not self.second_name.data:
                self.refuse("Enter the name of a second person of your group", "second_name")
            if self.second_email and not self.second_email.data:
                self.refuse("Enter their e-mail address", "second_email")
        if len(self.promises.filled()) < self.fewest:
            self.refuse("Make one promise at least" if self.fewest == 1 else "Make two promises at least", "promises")
        return not self.errors

    def _chosen(self) -> Account | None:
        """The contact who was chosen, if one was."""
        return self.people.get(self.second.data) if self.second else None

    @property
    def said(self) -> SaidYes:
        """What the form says."""
        promises = [NewPromise(" ".join(row["words"].split()), row["due_on"]) for row in self.promises.filled()]
        lead = self.lead.data if self.lead else ""
        return SaidYes(self.name.data, self.role.data, promises, self._second(), lead)

    def is_taken(self, accept: Callable[[SaidYes], object]) -> bool:
        """Whether `accept` takes what the form says; what is wrong with it is said beside its box."""
        try:
            accept(self.said)
        except WrongPromises as refusal:
            self.refuse(str(refusal), "promises")
        except (SecondMissing, SecondIsFirst) as refusal:
            self.refuse(str(refusal), "second" if self.second else "second_name")
        else:
            return True
        return False

    def _second(self) -> Second | None:
        if not self.second_name:
            return None
        if chosen := self._chosen():
            return Second(chosen.name, chosen.email)
        return Second(self.second_name.data, self.second_email.data if self.second_email else "")


class SecondForm(Form):
    """Another second person, in the place of the one that was named."""

    second_name = TextField("Their name", autocomplete="off", max_length=80, required="Enter their name")
    second_email = EmailField("Their e-mail address", autocomplete="off", required="Enter their e-mail address")

    @property
    def named(self) -> Second:
        """What the form says."""
        return Second(self.second_name.data, self.second_email.data)


class LeadForm(Form):
    """Who looks after safeguarding in the group from now on."""

    lead = _lead_field()

    @classmethod
    def showing(cls, acceptance: Acceptance) -> Self:
        """The form with whoever is named now."""
        return cls(formdata=None, data={"lead": acceptance.safeguarding_lead})
