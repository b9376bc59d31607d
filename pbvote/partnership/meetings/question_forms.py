"""What a resident asks, and what an editor says to that."""

from wtforms import HiddenField

from pbvote.fields import EmailField, Form, TextArea, TextField
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
        is_for_everybody=True,
    )
    name = TextField(
        "Your name", hint="It is shown beside your question.", max_length=60, required=False, is_for_everybody=True
    )
    email = EmailField(
        "Your e-mail address",
        hint="To tell you when it is answered. Nobody else reads it.",
        max_length=120,
        required=False,
    )


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

    answer = TextArea("Answer", rows=5, max_words=200, required="Write the answer", is_for_everybody=True)
