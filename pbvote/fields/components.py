"""The GOV.UK components in the app's own templates, and as functions."""

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from typing import Any, Final

from flask import Flask, current_app
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined, Template, Undefined
from markupsafe import Markup

MACROS: Final = "govuk_frontend_jinja"
PROBLEM: Final = "There is a problem"


class ComponentLoader(PackageLoader):
    """Loads a package's templates into an environment of their own, where a name that nobody set is nothing.

    The GOV.UK macros were translated from JavaScript and read names that they may not have set.
    """

    _lenient: Environment | None = None

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        # Made at the first load, when the app has given its environment every filter and extension.
        if self._lenient is None:
            self._lenient = environment.overlay(undefined=Undefined)
        return super().load(self._lenient, name, globals)


def init_app(app: Flask) -> None:
    """Let `app`'s templates import the GOV.UK components and use `{% do %}`; a name that nobody set is an error."""
    components = PrefixLoader({MACROS: ComponentLoader(MACROS)})
    app.jinja_env.loader = ChoiceLoader([app.jinja_env.loader, components]) if app.jinja_env.loader else components
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.undefined = StrictUndefined


def component(folder: str, macro: str, params: Mapping[str, Any]) -> Markup:
    """One GOV.UK component as HTML. An attribute that is True is written without a value, as HTML wants it."""
    template = current_app.jinja_env.get_template(f"{MACROS}/components/{folder}/macro.html")
    draw: Callable[[Mapping[str, Any]], str] = getattr(template.module, macro)
    attributes = {
        name: {"value": True, "optional": True} if value is True else value
        for name, value in params.get("attributes", {}).items()
    }
    return Markup(draw({**params, "attributes": attributes}))  # noqa: S704 - the macro has escaped what people typed


def error_summary(errors: Sequence[tuple[str, str]]) -> Markup:
    """The list at the head of a form, each error leading to its field's id; nothing when there is none."""
    if not errors:
        return Markup()
    listed = [{"text": text, "href": f"#{target}"} if target else {"text": text} for text, target in errors]
    return component("error-summary", "govukErrorSummary", {"titleText": PROBLEM, "errorList": listed})
