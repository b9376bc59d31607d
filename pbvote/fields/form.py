"""The form: its errors in one summary, its refusals beside the field, and parts of it that repeat in rows."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Self

from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import Field, FieldList, FormField
from wtforms import Form as PlainForm

from pbvote.fields import widgets
from pbvote.fields.choices import FileField
from pbvote.fields.components import error_summary

EXPIRED: Final = "This page was open for too long. Check your answers and send them again."


class Form(FlaskForm):
    """A page's form, with the CSRF token in it. `form.errors` puts "Error: " before the page's title."""

    @classmethod
    def with_fields(cls, **fields: Any) -> type[Self]:
        """This form with more fields after its own: those that only the data knows."""
        return type(cls.__name__, (cls,), fields)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether every answer will do."""
        return bool(super().validate(extra_validators))

    def error_summary(self) -> Markup:
        """The list of what to put right, each line leading to its box; nothing when all is well."""
        return error_summary(list(self.listed_errors()))

    def listed_errors(self) -> Iterator[tuple[str, str]]:
        """Each field's first error with the id that it leads to; "" where no box can be named."""
        for sentence in self.form_errors:
            yield str(sentence), ""
        for field in self:
            if isinstance(field, RowsField):
                yield from field.listed_errors()
            elif field.errors:
                is_token = field.name == self.meta.csrf_field_name
                yield (EXPIRED, "") if is_token else (str(field.errors[0]), field.target)

    def refuse(self, sentence: str, field: str | None = None) -> None:
        """Add a refusal that only the service could know, beside the field named or at the head of the form."""
        if field is None:
            self.form_errors.append(sentence)
        else:
            self[field].errors = [sentence, *self[field].errors]

    def page_fields(self) -> list[Field]:
        """The fields in their order, without the token."""
        return [field for field in self if field.name != self.meta.csrf_field_name]

    def has_files(self) -> bool:
        """Whether it must be sent as multipart/form-data."""
        return any(isinstance(field, FileField) for field in self)


class Row(PlainForm):
    """One row of a `RowsField`. A row left blank as a whole is no error; one begun must be finished."""

    def is_blank(self) -> bool:
        """Whether nothing was typed in any of its fields."""
        return all(field.is_blank() for field in self)

    def validate(self, extra_validators: Any = None) -> bool:
        return self.is_blank() or bool(super().validate(extra_validators))


class RowsField(FieldList):
    """A part of a form that repeats: `RowsField(BudgetLine, "Costs", rows=6, least=1, row_name="Line")`.

    All the rows stand on the page, so no script is needed; what was saved before may bring more of them. `filled()`
    gives the rows that say something, as dictionaries.
    """

    widget = staticmethod(widgets.rows)
    look: Mapping[str, Any] = {}

    def __init__(
        self,
        row: type[Row],
        label: str,
        *,
        rows: int = 6,
        least: int = 0,
        most: int = 50,
        row_name: str = "Line",
        hint: str = "",
        **options: Any,
    ) -> None:
        super().__init__(FormField(row), label, min_entries=rows, max_entries=most, **options)
        self.least = least
        self.row_name = row_name
        self.hint = hint

    @property
    def title(self) -> str:
        """The label as the page shows it."""
        return f"{self.label.text}{'' if self.least else ' (optional)'}"

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        # The page always holds the first rows; a client that leaves blank ones out must not shift the others.
        yield from range(self.min_entries)
        yield from super()._extract_indices(prefix, formdata)

    @property
    def target(self) -> str:
        """The id of the first row's first box."""
        return str(next(iter(self.entries[0].form)).target)

    @property
    def shown(self) -> str:
        """The rows that say something as one text, a line for each."""
        rows = (row.data for row in (entry.form for entry in self.entries) if not row.is_blank())
        return "\n".join(": ".join(str(value) for value in row.values() if value) for row in rows)

    def filled(self) -> list[dict[str, Any]]:
        """The data of the rows that are not blank, in order."""
        return [row.form.data for row in self.entries if not row.form.is_blank()]

    def validate(self, form: PlainForm, extra_validators: Any = ()) -> bool:
        is_valid = bool(super().validate(form, extra_validators))
        if is_valid and len(self.filled()) < self.least:
            name = self.row_name.lower()
            self.errors = [f"Enter at least {self.least} {name}{'s' if self.least > 1 else ''}"]
            return False
        return is_valid

    def listed_errors(self) -> Iterator[tuple[str, str]]:
        """Each error with its row's number before it, and the id that it leads to."""
        errors: list[Any] = list(self.errors)
        for error in errors:
            if not isinstance(error, (dict, list)):
                yield str(error), self.target
        for number, row in enumerate(self.entries, start=1):
            for field in row.form:
                if field.errors:
                    yield f"{self.row_name} {number}: {field.errors[0]}", field.target
