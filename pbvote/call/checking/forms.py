"""What the desk writes while it checks a bid, and what groups write back."""

import datetime as dt
from collections.abc import Sequence

from pbvote.call.bids.models import Bid
from pbvote.call.checking import appeals, queries
from pbvote.call.checking.checklist import MOST_QUESTIONS, Rules
from pbvote.call.checking.models import Tick
from pbvote.core.clock import today
from pbvote.fields import ChoiceField, DayField, EmailField, Form, ManyField, TextArea, TextField
from pbvote.people.models import Account

USUAL_DAYS = 7
"""How long a group has for an answer unless the desk says otherwise."""
YES, NO = "yes", "no"


class RefusalForm(Form):
    """Why a bid is refused, and what its group can do now."""

    reason = TextArea(
        "Why can’t this bid go to the vote?",
        hint="The group reads this. Write as you would say it to them.",
        rows=4,
        max_words=120,
        required="Give the reason",
    )
    advice = TextArea(
        "What can the group do now?",
        hint="For example: Send us the landlord’s letter, and bid again next year.",
        rows=3,
        max_words=80,
        required="Say what the group can do now",
    )


class QueryForm(Form):
    """One question, and the day by which the group answers."""

    question = TextArea(
        "Your question", hint="One question. The group reads it as it stands.", rows=3, max_words=80, required=True
    )
    answer_by = DayField("Answer by", required="Enter the day by which the group answers")

    def validate(self, extra_validators: object = None) -> bool:
        """A group has until tomorrow at least."""
        if not super().validate(extra_validators):
            return False
        if self.answer_by.given <= today():
            self.refuse("Choose a day after today", "answer_by")
            return False
        return True

    @classmethod
    def fresh(cls) -> "QueryForm":
        """The form with the usual day."""
        return cls(data={"answer_by": today() + dt.timedelta(days=USUAL_DAYS)})


class AnswerForm(Form):
    """What the group answers."""

    words = TextArea("Your answer", rows=6, max_words=queries.MOST_WORDS, required="Write your answer")


class LookAgainForm(Form):
    """Why a refusal should be looked at again."""

    words = TextArea(
        "What did we miss?",
        hint="Say it in your own words. 150 words at most.",
        rows=8,
        max_words=appeals.MOST_WORDS,
        required="Tell us what we missed",
    )


class SecondLookForm(Form):
    """What came of a second look."""

    outcome = ChoiceField(
        "What do you decide?",
        choices=[("let_in", "The bid goes to the vote after all"), ("uphold", "It still can’t go to the vote")],
        required="Choose what you decide",
    )
    answer = TextArea("What do you tell the group?", rows=4, max_words=120, required="Write what the group reads")


class InterestForm(Form):
    """Who belongs to the group, and how."""

    account = ChoiceField("Who belongs to this group?", is_folded=True, required="Choose somebody")
    what = TextField("How?", hint="For example: treasurer, or partner of its chair", max_length=100, required="Say how")

    @classmethod
    def among(cls, people: Sequence[Account], me: Account) -> "InterestForm":
        """The form with whoever decides about bids, the reader first."""
        form = cls()
        others = [(str(each.id), each.name) for each in people if each.id != me.id]
        form.account.choices = [(str(me.id), f"I do ({me.name})"), *others]
        return form


class ExtensionForm(Form):
    """More time for one group."""

    email = EmailField("E-mail address of the group’s contact", required="Enter the e-mail address")
    until_on = DayField("Until the end of", required="Enter the last day")
    reason = TextField(
        "Reason", hint="Kept on record. The group does not read it.", max_length=200, required="Give the reason"
    )

    def validate(self, extra_validators: object = None) -> bool:
        """It ends today at the earliest."""
        if not super().validate(extra_validators):
            return False
        if self.until_on.given < today():
            self.refuse("Choose today or a later day", "until_on")
            return False
        return True


class ChecklistForm(Form):
    """A round's questions, and whom a refused group can ring."""

    questions = TextArea(
        "The checklist", hint="One line for each. Six at most.", rows=8, max_length=1200, required="Enter a line"
    )
    person = ChoiceField(
        "Whom can a refused group ring?", hint="Every refusal names this person.", is_folded=True, required=False
    )
    telephone = TextField("Their telephone number", inputmode="tel", width=20, max_length=30, required=False)

    def validate(self, extra_validators: object = None) -> bool:
        """Six lines at most, each once; a person has a number."""
        is_valid = super().validate(extra_validators)
        if len(self.lines) > MOST_QUESTIONS:
            self.refuse(f"Keep it to {MOST_QUESTIONS} lines. There are {len(self.lines)}", "questions")
        elif len(set(self.lines)) < len(self.lines):
            self.refuse("Each line stands there once", "questions")
        elif self.person.data and not self.telephone.data:
            self.refuse("Enter the telephone number", "telephone")
        return is_valid and not self.errors

    @property
    def lines(self) -> list[str]:
        """The lines that say something."""
        return [line.strip() for line in (self.questions.data or "").splitlines() if line.strip()]

    @classmethod
    def showing(cls, rules: Rules, people: Sequence[Account]) -> "ChecklistForm":
        """The form as the rules are."""
        shown = {"questions": "\n".join(rules.questions), "telephone": rules.telephone}
        form = cls(data={**shown, "person": rules.person.id if rules.person else ""})
        form.person.choices = [("", "Nobody yet"), *((str(each.id), each.name) for each in people)]
        return form


def ticks_form(questions: Sequence[str], standing: dict[str, Tick]) -> Form:
    """Yes or no for each line of the checklist, and a reason, which a no needs."""
    fields: dict[str, object] = {}
    shown: dict[str, str] = {}
    for at, question in enumerate(questions):
        fields[f"met_{at}"] = ChoiceField(
            question, choices=[("", "Not looked at yet"), (YES, "Yes"), (NO, "No")], is_folded=True, is_conditional=True
        )
        fields[f"reason_{at}"] = TextField("Reason", max_length=200, is_conditional=True)
        if noted := standing.get(question):
            shown |= {f"met_{at}": YES if noted.is_met else NO, f"reason_{at}": noted.reason}
    return Form.with_fields(**fields)(data=shown)


def ticks_in(form: Form, questions: Sequence[str]) -> dict[str, tuple[bool, str]] | None:
    """What the form says of each line that was looked at; None, with errors set, where a no has no reason."""
    found = {}
    for at, question in enumerate(questions):
        said, reason = form[f"met_{at}"].data, form[f"reason_{at}"].data
        if said == NO and not reason:
            form.refuse("Say why not", f"reason_{at}")
        elif said:
            found[question] = (said == YES, reason)
    return None if form.errors else found


class MyInterestsForm(Form):
    """Which of the groups that have bid a member belongs to. None is an answer too."""

    groups = ManyField(
        "Do you belong to any of these groups?",
        hint="Tick a group if you are a member, work for it, or are close to somebody who leads it.",
        required=False,
    )
    what = TextField(
        "How do you belong to it?",
        hint="For example: I am its treasurer. Everybody at the council’s desk can read this.",
        max_length=200,
        is_conditional=True,
    )

    @classmethod
    def about(cls, bids: Sequence[Bid], ticked: str = "") -> "MyInterestsForm":
        """The form about the groups of these bids, one of them ticked where its id is given."""
        form = cls(data={"groups": [ticked] if ticked else []})
        titles: dict[tuple[str, str], list[str]] = {}
        for bid in bids:
            if bid.group:
                titles.setdefault((str(bid.group_id), bid.group.name), []).append(bid.title)
        form.groups.choices = [(key, f"{name}: {', '.join(bid_of)}") for (key, name), bid_of in titles.items()]
        if not bids:
            del form["groups"]
            del form["what"]
        return form

    def validate(self, extra_validators: object = None) -> bool:
        """Whoever belongs to a group says how."""
        is_valid = super().validate(extra_validators)
        if "groups" in self and self.groups.data and not self.what.data:
            self.refuse("Say how you belong to it", "what")
            return False
        return is_valid

    def of(self, bids: Sequence[Bid]) -> list[Bid]:
        """Those of the bids whose groups are ticked."""
        return [bid for bid in bids if "groups" in self and str(bid.group_id) in self.groups.data]
