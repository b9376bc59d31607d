"""The bid form's pages about group and project. Each reads its part of a bid; with the money they make a `NewBid`."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from pbvote.call.bids.answers import AT_RISK_QUESTION, KINDS, PAPERS, PAPERS_QUESTION
from pbvote.call.bids.new_bid import Papers
from pbvote.call.groups.models import LONGEST_SAY_IT, GroupKind
from pbvote.call.rounds.models import Round, Share
from pbvote.core.plain import plain_digits
from pbvote.core.reading import ReadingError
from pbvote.core.registered import Register, read_registered
from pbvote.fields import ChoiceField, EmailField, Form, TextArea, TextField, TickField

QUESTION: Final = "question_"
"""Before the key of a round's own question, in a field's name."""
POSTCODE: Final = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}", re.ASCII)
_REGISTERS: Final = {
    GroupKind.CHARITY: Register.ENGLAND_AND_WALES,
    GroupKind.COMPANY: Register.COMPANIES,
    GroupKind.CIC: Register.COMPANIES,
}


class PostcodeField(TextField):
    """A postcode of the United Kingdom, kept in capitals with its space; "" when blank."""

    def read(self, text: str) -> str:
        """The postcode that was typed; raises `ValueError` with a sentence."""
        signs = re.sub(r"[\s-]", "", plain_digits(text).upper())
        if not POSTCODE.fullmatch(signs):
            raise ValueError("Enter a full postcode, like M33 7ZF, or leave it empty")
        return f"{signs[:-3]} {signs[-3:]}"


class FormPage(Form):
    """A page of the bid form. Its authority is the pass beside it, so it needs no token."""

    class Meta:
        csrf = False

    @property
    def part(self) -> dict[str, Any]:
        """What this page says of a `NewBid`."""
        raise NotImplementedError


class GroupForm(FormPage):
    """Who bids."""

    kind = ChoiceField("What is your group?", choices=list(KINDS.items()), required="Choose what your group is")
    group_name = TextField("Name of your group", max_length=120, required="Enter the name of your group")
    registered_number = TextField(
        "Charity or company number",
        hint="If you have one. For example 1092477, SC012345 or 05551234",
        max_length=40,
        width=20,
        required=False,
    )
    money_holder = TextField(
        "Who would hold the money for you?",
        hint="Only if your group is none of these. For example a school, a church or another group.",
        max_length=120,
        is_conditional=True,
    )
    contact_name = TextField("Your full name", autocomplete="name", max_length=100, required="Enter your full name")
    email = EmailField("Your e-mail address", required="Enter an e-mail address")
    phone = TextField(
        "Your telephone number", autocomplete="tel", inputmode="tel", width=20, max_length=30, required=False
    )
    second_name = TextField("Second contact: full name", max_length=100, is_conditional=True)
    second_email = EmailField("Second contact: e-mail address", look={"autocomplete": "off"}, is_conditional=True)
    second_phone = TextField(
        "Second contact: telephone number", inputmode="tel", width=20, max_length=30, is_conditional=True
    )
    say_it = TextField(
        "How do you say it?",
        hint="Only if people get it wrong. The person who calls you up reads it, and nobody else.",
        max_length=LONGEST_SAY_IT,
        required=False,
    )

    def validate(self, extra_validators: object = None) -> bool:
        """Read the number by the kind of group; ask for what that kind needs."""
        is_valid = super().validate(extra_validators)
        kind = self.kind.data if self.kind.data in KINDS else None
        if kind == GroupKind.INFORMAL and not self.money_holder.data and not self.money_holder.errors:
            self.refuse("Say who would hold the money for your group", "money_holder")
            is_valid = False
        try:
            register = _REGISTERS.get(GroupKind(kind)) if kind else None
            self.registered_number.data = read_registered(self.registered_number.data or "", register)
        except ReadingError as error:
            self.refuse(str(error), "registered_number")
            is_valid = False
        return is_valid and self._second_can_be_reached()

    def _second_can_be_reached(self) -> bool:
        """A second contact has a name and an e-mail address, or is none."""
        if "second_name" not in self:
            return True
        if self.second_name.data and not self.second_email.data:
            self.refuse("Enter the second contact’s e-mail address", "second_email")
            return False
        if (self.second_email.data or self.second_phone.data) and not self.second_name.data:
            self.refuse("Enter the second contact’s name", "second_name")
            return False
        return True

    @property
    def part(self) -> dict[str, Any]:
        """What this page says of a `NewBid`."""
        kind = GroupKind(self.kind.data)
        names = (
            *("group_name", "say_it", "contact_name", "email", "phone"),
            *("second_name", "second_email", "second_phone"),
        )
        said = {name: self[name].data or "" for name in names if name in self}
        is_informal = kind is GroupKind.INFORMAL
        said["money_holder"] = self.money_holder.data if is_informal else ""
        said["registered_number"] = "" if is_informal else self.registered_number.data
        return {**said, "kind": kind}


def _title() -> TextField:
    return TextField("What would you call your project?", max_length=80, required="Enter a name for your project")


def _summary(max_words: int, rows: int) -> TextArea:
    return TextArea(
        "What would you do with the money?",
        hint="Residents read this on the ballot. Write as you would tell a neighbour.",
        rows=rows,
        max_words=max_words,
        required="Say what you would do with the money",
    )


class ProjectForm(FormPage):
    """What for. The round's own questions come last."""

    title = _title()
    summary = _summary(80, 5)
    who_benefits = TextArea("Who would benefit?", rows=3, max_words=80, required="Say who would benefit")
    ward = ChoiceField("Ward", hint="Where most of it would happen", is_folded=True, required=False)
    postcode = PostcodeField("Or its postcode", autocomplete="off", width=10, max_length=12, required=False)
    works_with_people_at_risk = TickField(AT_RISK_QUESTION)
    papers = ChoiceField(
        PAPERS_QUESTION,
        hint="Nothing to send now. We ask for them if residents choose your project.",
        choices=list(PAPERS.items()),
        required="Say whether you have a constitution and a bank account",
    )

    @property
    def part(self) -> dict[str, Any]:
        """What this page says of a `NewBid`."""
        names = ("title", "summary", "who_benefits", "postcode", "works_with_people_at_risk")
        said = {name: self[name].data for name in names if name in self}
        if "ward" in self:
            said["ward_id"] = int(self.ward.data) if self.ward.data else None
        if "papers" in self:
            said["papers"] = Papers(self.papers.data)
        asked = [field for field in self if field.name.startswith(QUESTION) and field.data]
        return {**said, "answers": {field.name.removeprefix(QUESTION): field.data for field in asked}}


class ShortProjectForm(ProjectForm):
    """What for, on the short form: a name and a few words. Nothing else decides about a small sum."""

    title = _title()
    summary = _summary(40, 3)
    works_with_people_at_risk = TickField(AT_RISK_QUESTION)


CONTACT: Final = ("contact_name", "email", "phone")
SECOND: Final = ("second_name", "second_email", "second_phone")


def group_form(typed: Mapping[str, str], *, needs_email: bool = True, is_change: bool = False) -> GroupForm:
    """The first page with what was typed. A bid that is changed keeps its contact, who has proven the address."""
    form = GroupForm(MultiDict(typed))
    form.email.required = needs_email and form.email.required
    for name in CONTACT if is_change else ():
        del form[name]
    return form


def short_group_form(typed: Mapping[str, str], *, is_keyed: bool, is_change: bool) -> GroupForm:
    """Who bids, on the short form. It asks no address twice: a group gave its own before the form opened.

    No compere calls these groups up, so nobody has to say their names.
    """
    form = group_form(typed, needs_email=False, is_change=is_change)
    for name in ("say_it", *SECOND) if is_keyed or is_change else ("say_it", *SECOND, "email", "phone"):
        del form[name]
    return form


def project_form(typed: Mapping[str, str], round_: Round, shares: Sequence[Share]) -> ProjectForm:
    """The second page, with the round's own questions and, unless the form is short, the wards of these shares."""
    own = {
        f"{QUESTION}{question.key}": TextArea(
            question.text,
            hint=question.hint,
            rows=3,
            max_words=question.max_words,
            required=False if question.is_optional else "Answer this question",
        )
        for question in round_.questions
    }
    if round_.has_short_form:
        short = ShortProjectForm.with_fields(**own)(MultiDict(typed))
        for name in ("who_benefits", "ward", "postcode", "papers"):
            del short[name]
        return short
    form = ProjectForm.with_fields(**own)(MultiDict(typed))
    wards = [ward for share in shares for ward in share.locality.wards]
    form.ward.choices = [("", "All over, or not sure"), *((str(ward.id), ward.name) for ward in wards)]
    return form
