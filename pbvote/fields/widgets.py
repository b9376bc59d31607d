"""How each kind of field is drawn: a field on one side, the GOV.UK components' macros on the other.

A widget is a plain function from a field to HTML; its macro does the markup. The protocols say what it asks of a field.
`options` are the component's own parameters.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from markupsafe import Markup

from pbvote.fields.components import component

Params = dict[str, Any]


class Titled(Protocol):
    """What each widget needs."""

    id: str
    name: str
    hint: str
    look: Mapping[str, Any]
    errors: Sequence[Any]

    @property
    def title(self) -> str:
        """Its label, as the page shows it."""


class Drawable(Titled, Protocol):
    """A field that shows what it holds: typed words, a tick, the values chosen."""

    @property
    def shown(self) -> Any:
        """What stands in the box."""


class Choosable(Drawable, Protocol):
    """Offers choices."""

    choices: Sequence[tuple[Any, str]]
    hints: Mapping[str, str]


class Dated(Titled, Protocol):
    """Holds a day in its parts."""

    parts: tuple[str, ...]
    typed: Mapping[str, str]
    wrong_parts: tuple[str, ...]


class Repeating(Titled, Protocol):
    """Holds rows of fields."""

    row_name: str

    def __iter__(self) -> Iterator[Any]:
        """Its rows, each with a `form`."""


def text_input(field: Drawable, **options: Any) -> Markup:
    """A single line."""
    return component("input", "govukInput", _labelled(field) | {"value": field.shown, "type": "text"} | options)


def email_input(field: Drawable, **options: Any) -> Markup:
    """An e-mail address, with the keyboard for it."""
    return text_input(field, type="email", spellcheck=False, **options)


def password_input(field: Titled, **options: Any) -> Markup:
    """A password; what was typed is never sent back."""
    return component("password-input", "govukPasswordInput", _labelled(field) | options)


def text_area(field: Drawable, **options: Any) -> Markup:
    """Several lines, with a running count where there is a limit."""
    params = _labelled(field) | {"value": field.shown} | options
    if params.get("maxwords") or params.get("maxlength"):
        return component("character-count", "govukCharacterCount", params)
    return component("textarea", "govukTextarea", params)


def file_input(field: Titled, **options: Any) -> Markup:
    """A file to send."""
    return component("file-upload", "govukFileUpload", _labelled(field) | options)


def day_input(field: Dated, **options: Any) -> Markup:
    """Day, month and year, each in its own box; the parts that are wrong are marked."""
    items = [
        {
            "name": f"{field.name}-{part}",
            "id": f"{field.id}-{part}",
            "label": part.capitalize(),
            "value": field.typed.get(part, ""),
            "classes": ("govuk-input--width-4" if part == "year" else "govuk-input--width-2")
            + (" govuk-input--error" if field.errors and part in field.wrong_parts else ""),
        }
        for part in field.parts
    ]
    return component("date-input", "govukDateInput", _grouped(field) | {"items": items} | options)


def radios(field: Choosable, **options: Any) -> Markup:
    """One of a few, all in sight."""
    params = _grouped(field) | {"idPrefix": field.id, "items": _items(field, {field.shown})}
    return component("radios", "govukRadios", params | options)


def checkboxes(field: Choosable, **options: Any) -> Markup:
    """Any number of a few."""
    params = _grouped(field) | {"idPrefix": field.id, "items": _items(field, set(field.shown))}
    return component("checkboxes", "govukCheckboxes", params | options)


def checkbox(field: Drawable, **options: Any) -> Markup:
    """One box to tick: the label stands beside it and no legend above."""
    item = {"id": field.id, "value": "yes", "text": field.title, "checked": field.shown, "hint": _words(field.hint)}
    params = {"name": field.name, "idPrefix": field.id, "items": [item], "errorMessage": _error(field)}
    return component("checkboxes", "govukCheckboxes", params | options)


def select(field: Choosable, **options: Any) -> Markup:
    """One of many, folded away."""
    items = [
        {"value": str(value), "text": text, "selected": str(value) == field.shown} for value, text in field.choices
    ]
    if all(item["value"] for item in items):
        items.insert(0, {"value": "", "text": "Choose one", "selected": not field.shown})
    return component("select", "govukSelect", _labelled(field) | {"items": items} | options)


def rows(field: Repeating) -> Markup:
    """The rows of a repeated part, each a group named for its number."""
    told = {
        f"{field.id}-{folder}": component(folder, macro, {"id": f"{field.id}-{folder}", **words})
        for folder, macro, words in (
            ("hint", "govukHint", _words(field.hint)),
            ("error-message", "govukErrorMessage", _error(field)),
        )
        if words
    }
    lines = [
        _fieldset(f"{field.row_name} {number}", "govuk-visually-hidden", [part() for part in row.form], "field-row")
        for number, row in enumerate(field, start=1)
    ]
    classes = "govuk-form-group" + (" govuk-form-group--error" if _error(field) else "")
    look = {"describedBy": " ".join(told), "attributes": {"id": field.id}}
    return _fieldset(field.title, "govuk-fieldset__legend--m", [*told.values(), *lines], classes, **look)


def _fieldset(legend: str, legend_classes: str, inside: Sequence[Markup], classes: str, **look: Any) -> Markup:
    words = {"text": legend, "classes": legend_classes}
    return component(
        "fieldset", "govukFieldset", {"legend": words, "html": Markup().join(inside), "classes": classes, **look}
    )


def _words(text: str | None) -> Params | None:
    return {"text": text} if text else None


def _error(field: Titled) -> Params | None:
    """The first error only: the next shows once this one is put right."""
    return _words(next((str(error) for error in field.errors if not isinstance(error, (dict, list))), None))


def _common(field: Titled) -> Params:
    return {"id": field.id, "name": field.name, "hint": _words(field.hint), "errorMessage": _error(field), **field.look}


def _labelled(field: Titled) -> Params:
    return _common(field) | {"label": {"text": field.title, "classes": "govuk-label--s"}}


def _grouped(field: Titled) -> Params:
    return _common(field) | {"fieldset": {"legend": {"text": field.title, "classes": "govuk-fieldset__legend--s"}}}


def _items(field: Choosable, chosen: set[str]) -> list[Params]:
    return [
        {
            "value": str(value),
            "text": text,
            "checked": str(value) in chosen,
            "hint": _words(field.hints.get(str(value))),
        }
        for value, text in field.choices
    ]
