"""What a resident asks, and what an editor says to that."""

from wtforms import HiddenField

from pbvote.core.contacts import NO_CONTACTS, names_a_contact
from pbvote.fields import Form, TextArea, TextField
from pbvote.partnership.meetings.models import MOST_QUESTION_WORDS
from pbvote.partnership.seen import SeenForm


class QuestionForm(Form):
    """A question. It sets no cookie: a stranger's page could send no more than anybody can."""

    class Meta:
        csrf = False

    words = TextArea(
        "Your question",
        hint="An editor reads it before it is shown. Leave out what is private.",
        rows=4,
        max_words=MOST_QUESTION_WORDS,
        required="Write your question",
    )
    name = TextField("Your name", hint="It is shown beside your question.", max_length=60, required=False)

    def validate(self, extra_validators: object = None) -> bool:
        """No telephone number and no e-mail address."""
        super().validate(extra_validators)
        for name in ("words", "name"):
            if names_a_contact(self[name].data or ""):
                self.refuse(NO_CONTACTS, name)
        return not self.errors


class RefuseForm(SeenForm):
    """Why a question is not shown. It stands on one page with the answer's form, so its hidden box has another id."""

    seen = HiddenField(id="seen-refused")
    why = TextField(
        "Why is it not shown?",
        hint="Everybody reads the reason, and nobody the question. For example: it names a neighbour.",
        max_length=120,
        required="Say why it is not shown",
    )


class QuestionAnswerForm(SeenForm):
    """The answer under a question."""

    answer = TextArea("Answer", rows=5, max_words=200, required="Write the answer")

    def validate(self, extra_validators: object = None) -> bool:
        """No telephone number and no e-mail address of a person."""
        super().validate(extra_validators)
        if names_a_contact(self.answer.data or ""):
            self.refuse(NO_CONTACTS, "answer")
        return not self.errors
