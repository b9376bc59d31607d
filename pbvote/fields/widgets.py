"""How each kind of field is drawn: WTForms on one side, the GOV.UK components' macros on the other.

A widget is a plain function from a field to HTML; its macro does the markup.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, current_app
from jinja2 import ChoiceLoader, PrefixLoader
from markupsafe import Markup
from wtforms import Field

from pbvote.fields.leniency import ComponentLoader, StrictButForOptions

if TYPE_CHECKING:
    from pbvote.fields.choices import ChoiceField, ManyField
    from pbvote.fields.figures import DayField
    from pbvote.fields.form import RowsField

Params = dict[str, Any]
MACROS: Final = "govuk_frontend_jinja"


def init_app(app: Flask) -> None:
    """Let `app`'s templates import the GOV.UK components, use `{% do %}` as ours do, and leave options out."""
    components = PrefixLoader({MACROS: ComponentLoader(MACROS)})
    app.jinja_env.loader = ChoiceLoader([app.jinja_env.loader, components]) if app.jinja_env.loader else components
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.undefined = StrictButForOptions


def component(folder: str, macro: str, params: Mapping[str, Any]) -> Markup:
    """One GOV.UK component as HTML, through the running app's own templates."""
    template = current_app.jinja_env.get_template(f"{MACROS}/components/{folder}/macro.html")
    draw: Callable[[Mapping[str, Any]], str] = getattr(template.module, macro)
    return Markup(draw(params))  # noqa: S704 - the macro has escaped what people typed


def text_input(field: Field, **options: Any) -> Markup:
    """A single line; `options` are the component's own parameters."""
    return component("input", "govukInput", _labelled(field) | {"value": field.shown, "type": "text"} | options)


def email_input(field: Field, **options: Any) -> Markup:
    """An e-mail address, with the keyboard for it."""
    return text_input(field, type="email", spellcheck=False, **options)


def password_input(field: Field, **options: Any) -> Markup:
    """A password; what was typed is never sent back."""
    return component("password-input", "govukPasswordInput", _labelled(field) | options)


def text_area(field: Field, **options: Any) -> Markup:
    """Several lines, with a running count where there is a limit."""
    params = _labelled(field) | {"value": field.shown} | options
    if params.get("maxwords") or params.get("maxlength"):
        return component("character-count", "govukCharacterCount", params)
    return component("textarea", "govukTextarea", params)


def file_input(field: Field, **options: Any) -> Markup:
    """A file to send."""
    return component("file-upload", "govukFileUpload", _labelled(field) | options)


def day_input(field: "DayField", **options: Any) -> Markup:
    """Day, month and year, each in its own box; the parts that are wrong are marked."""
    labels = zip(field.parts, (field.gettext("Day"), field.gettext("Month"), field.gettext("Year")), strict=True)
    items = [
        {
            "name": f"{field.name}-{part}",
            "id": f"{field.id}-{part}",
            "label": label,
            "value": field.typed.get(part, ""),
            "classes": ("govuk-input--width-4" if part == "year" else "govuk-input--width-2")
            + (" govuk-input--error" if field.errors and part in field.wrong_parts else ""),
        }
        for part, label in labels
    ]
    return component("date-input", "govukDateInput", _grouped(field) | {"items": items} | options)


def radios(field: "ChoiceField", **options: Any) -> Markup:
    """One of a few, all in sight."""
    params = _grouped(field) | {"idPrefix": field.id, "items": _items(field.choices, {field.shown}, field.hints)}
    return component("radios", "govukRadios", params | options)


def checkboxes(field: "ManyField", **options: Any) -> Markup:
    """Any number of a few."""
    params = _grouped(field) | {"idPrefix": field.id, "items": _items(field.choices, set(field.shown), field.hints)}
    return component("checkboxes", "govukCheckboxes", params | options)


def checkbox(field: Field, **options: Any) -> Markup:
    """One box to tick: the label stands beside it and no legend above."""
    item = {"id": field.id, "value": "yes", "text": field.label.text, "checked": bool(field.data)}
    if field.hint:
        item["hint"] = {"text": field.hint}
    params = {"name": field.name, "idPrefix": field.id, "items": [item], "errorMessage": _error(field)}
    return component("checkboxes", "govukCheckboxes", params | options)


def select(field: "ChoiceField", **options: Any) -> Markup:
    """One of many, folded away."""
    items = [
        {"value": str(value), "text": text, "selected": str(value) == field.shown} for value, text in field.choices
    ]
    if all(item["value"] for item in items):
        items.insert(0, {"value": "", "text": field.gettext("Choose one"), "selected": not field.shown})
    return component("select", "govukSelect", _labelled(field) | {"items": items} | options)


def rows(field: "RowsField", **options: Any) -> Markup:
    """The rows of a repeated part, each a group named for its number."""
    name = options.get("row_name", field.row_name)
    groups = Markup().join(
        Markup('<fieldset class="field-row"><legend class="govuk-visually-hidden">{} {}</legend>{}</fieldset>').format(
            name, number, Markup().join(part() for part in row.form)
        )
        for number, row in enumerate(field, start=1)
    )
    error, hint = _error(field), field.hint
    return Markup(
        '<fieldset class="govuk-fieldset govuk-form-group{}" id="{}"{}>'
        '<legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{}</legend>{}{}{}</fieldset>'
    ).format(
        " govuk-form-group--error" if error else "",
        field.id,
        Markup(' aria-describedby="{}-hint"').format(field.id) if hint else "",
        field.label.text,
        Markup('<div class="govuk-hint" id="{}-hint">{}</div>').format(field.id, hint) if hint else "",
        component("error-message", "govukErrorMessage", {"id": f"{field.id}-error", **error}) if error else "",
        groups,
    )


def error_summary(title: str, errors: Sequence[tuple[str, str]]) -> Markup:
    """The list at the head of a form, each error leading to its field's id; nothing when there is none."""
    if not errors:
        return Markup()
    listed = [{"text": text, "href": f"#{target}"} if target else {"text": text} for text, target in errors]
    return component("error-summary", "govukErrorSummary", {"titleText": title, "errorList": listed})


def _error(field: Field) -> Params | None:
    """The first error only: the next shows once this one is put right."""
    first = next((str(error) for error in field.errors if not isinstance(error, (dict, list))), None)
    return {"text": first} if first else None


def _common(field: Field) -> Params:
    hint = {"text": field.hint} if field.hint else None
    look: Params = field.look
    return {"id": field.id, "name": field.name, "hint": hint, "errorMessage": _error(field)} | look


def _labelled(field: Field) -> Params:
    return _common(field) | {"label": {"text": field.label.text, "classes": "govuk-label--s"}}


def _grouped(field: Field) -> Params:
    return _common(field) | {"fieldset": {"legend": {"text": field.label.text, "classes": "govuk-fieldset__legend--s"}}}


def _items(choices: Sequence[tuple[Any, str]], chosen: set[str], hints: Mapping[str, str]) -> list[Params]:
    items = []
    for value, text in choices:
        item: Params = {"value": str(value), "text": text, "checked": str(value) in chosen}
        if str(value) in hints:
            item["hint"] = {"text": hints[str(value)]}
        items.append(item)
    return items
