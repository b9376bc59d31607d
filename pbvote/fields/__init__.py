"""The fields of every form, and the form itself: the only place that knows how they are drawn.

A field keeps what was typed until it is right, says what is wrong in one sentence, and gives its value in the type that
the rest of pbvote works with. Blank is refused unless `required=False`; `required="…"` words the refusal.
A field that may stay blank says "(optional)".
`init_app` lets the app's templates import the components that the fields and pages are drawn with.
"""

from pbvote.fields.choices import ChoiceField, FileField, ManyField, TickField
from pbvote.fields.components import error_summary, init_app
from pbvote.fields.figures import DayField, IntegerField, MoneyField, TimeField
from pbvote.fields.form import Form, Row, RowsField
from pbvote.fields.text import EmailField, PasswordField, TextArea, TextField, read_email

__all__ = [
    "ChoiceField",
    "DayField",
    "EmailField",
    "FileField",
    "Form",
    "IntegerField",
    "ManyField",
    "MoneyField",
    "PasswordField",
    "Row",
    "RowsField",
    "TextArea",
    "TextField",
    "TickField",
    "TimeField",
    "error_summary",
    "init_app",
    "read_email",
]
