"""What editors say of a consultation, and what anybody answers."""

import datetime as dt
import secrets
from typing import Final

from wtforms import HiddenField

from pbvote.core.clock import today
from pbvote.core.contacts import names_a_contact
from pbvote.fields import ChoiceField, DayField, Form, TextArea, TextField
from pbvote.partnership.engagement.consultations.models import MOST_QUESTIONS, MOST_SIGNS, Consultation
from pbvote.partnership.engagement.consultations.service import SaidOfConsultation
from pbvote.partnership.seen import SeenForm

USUAL_QUESTIONS: Final = ("What do you like best here?", "What would you change?")
USUAL_LENGTH: Final = dt.timedelta(days=21)
OVER: Final = "This day is over. Choose today or a day to come"
NOTHING_SAID: Final = "Write an answer to one question at least"
NO_CONTACTS_HERE: Final = "Leave out telephone numbers and e-mail addresses. Nobody writes back to an answer"
_OFFICER: Final = "Who answers for it"
_OFFICER_HINT: Final = "Everybody reads it, so they must agree. For example: Grace Oyelaran, parks officer"


class ConsultationForm(SeenForm):
    """A consultation, before it is out."""

    title = TextField(
        "What it is about", hint="For example: The green behind the library", max_length=80, is_for_everybody=True
    )
    why = TextArea(
        "Why you ask, and what the answers can change",
        hint="One or two sentences. Say, too, what is settled already.",
        rows=3,
        max_words=60,
        is_for_everybody=True,
    )
    question_1 = TextField("First question", max_length=120)
    question_2 = TextField("Second question", max_length=120, required=False)
    question_3 = TextField("Third question", max_length=120, required=False)
    opens_on = DayField("First day")
    closes_on = DayField("Last day", hint="Until its end, answers are taken. The result is due 20 working days later.")
    officer = TextField(_OFFICER, hint=_OFFICER_HINT, max_length=100, is_for_everybody=True)

    @staticmethod
    def usual(officer: str) -> dict[str, object]:
        """What the form of a new consultation shows: it takes a title, a sentence and a press."""
        asked = dict(zip(("question_1", "question_2"), USUAL_QUESTIONS, strict=True))
        return {"opens_on": today(), "closes_on": today() + USUAL_LENGTH, "officer": officer, **asked}

    @staticmethod
    def data_of(consultation: Consultation) -> dict[str, object]:
        """What the form shows of a draft."""
        shown = {name: getattr(consultation, name) for name in ("title", "why", "opens_on", "closes_on", "officer")}
        asked = {f"question_{question.position}": question.words for question in consultation.questions}
        return {"seen": str(consultation.version), **shown, **asked}

    def validate(self, extra_validators: object = None) -> bool:
        """The days are in order, and answers can still come."""
        if super().validate(extra_validators):
            if self.closes_on.given < today():
                self.refuse(OVER, "closes_on")
            elif self.closes_on.given < self.opens_on.given:
                self.refuse("The last day must not come before the first", "closes_on")
        return not self.errors

    def said(self) -> SaidOfConsultation:
        """What was said, in a form that is valid."""
        asked = [self[f"question_{number}"].data for number in range(1, MOST_QUESTIONS + 1)]
        days = (self.opens_on.given, self.closes_on.given)
        wanted = list(dict.fromkeys(words for words in asked if words))
        return SaidOfConsultation(self.title.data, self.why.data.strip(), wanted, *days, self.officer.data)


class CloseForm(SeenForm):
    """Another closing day, or another officer, of a consultation that is out."""

    closes_on = DayField("Last day", hint="Everybody reads on which day it was to close. The result is due later, too.")
    officer = TextField(_OFFICER, hint=_OFFICER_HINT, max_length=100, is_for_everybody=True)

    @staticmethod
    def data_of(consultation: Consultation) -> dict[str, object]:
        """What the form shows of a consultation."""
        seen = str(consultation.version)
        return {"seen": seen, "closes_on": consultation.closes_on, "officer": consultation.officer}

    def validate(self, extra_validators: object = None) -> bool:
        """The day is one to come."""
        if super().validate(extra_validators) and self.closes_on.given < today():
            self.refuse(OVER, "closes_on")
        return not self.errors


class ConsultationOffForm(SeenForm):
    """Why nothing comes of a consultation."""

    seen = HiddenField(id="off-seen")  # the page of the consultation has another one
    why = TextArea(
        "Why is it called off?",
        hint="Everybody reads this on its page.",
        rows=3,
        max_length=400,
        required="Say why it is called off",
    )


class ConsultationAnswerForm(Form):
    """One person's answer. It sets no cookie: a stranger's page could send no more than anybody can."""

    class Meta:
        csrf = False

    key = HiddenField()

    @classmethod
    def of(cls, consultation: Consultation, *, is_blank: bool = False) -> "ConsultationAnswerForm":
        """The form of these questions, with a new token where it is blank."""
        boxes = {
            f"answer_{question.position}": TextArea(
                question.words, rows=5, max_length=MOST_SIGNS, noun="Your answer", is_conditional=True
            )
            for question in consultation.questions
        }
        wards = [(ward.name, ward.name) for ward in consultation.locality.wards]
        if wards:
            choices = [*wards, ("", "Elsewhere, or I’d rather not say")]
            boxes["ward"] = ChoiceField("Where do you live?", choices=choices, required=False)
        made = cls.with_fields(**boxes)
        return made(formdata=None, data={"key": secrets.token_hex(8)}) if is_blank else made()

    def validate(self, extra_validators: object = None) -> bool:
        """Something is said, and nobody can be rung up for it."""
        super().validate(extra_validators)
        boxes = [field for field in self if field.name.startswith("answer_")]
        for box in boxes:
            if not box.errors and names_a_contact(box.data or ""):
                self.refuse(NO_CONTACTS_HERE, box.name)
        if not self.errors and not self.said():
            self.refuse(NOTHING_SAID, boxes[0].name)
        return not self.errors

    def said(self) -> dict[int, str]:
        """What was typed, by the question's place; of a form that is valid."""
        boxes = (field for field in self if field.name.startswith("answer_"))
        typed = {int(box.name.rpartition("_")[2]): str(box.data or "").strip() for box in boxes}
        return {place: words for place, words in typed.items() if words}
