"""Where pages get their GOV.UK classes from: what is named in none of these files, no page shows."""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Final

PBVOTE: Final = Path(__file__).resolve().parents[1]
MACROS: Final = Path(str(files("govuk_frontend_jinja"))) / "templates/components"
# A template imports a component's macro; the fields name its folder and its macro.
_COMPONENT: Final = re.compile(r"components/([a-z-]+)/macro\.html|\"([a-z-]+)\",\s*\"govuk[A-Z]")


def places_of_classes() -> list[Path]:
    """The templates, the fields, the filters, the built script, and the macros of the components that these use."""
    ours = [
        *sorted((PBVOTE / "templates").rglob("*.html")),
        *sorted((PBVOTE / "fields").glob("*.py")),
        PBVOTE / "filters.py",
    ]
    macros: set[Path] = set()
    waiting = {macro for place in ours for macro in _macros_of(place)}
    while waiting:
        macro = waiting.pop()
        macros.add(macro)
        waiting.update(set(_macros_of(macro)) - macros)
    return [*ours, PBVOTE / "static/site.js", *sorted(macros)]


def _macros_of(place: Path) -> Iterator[Path]:
    """The components' macros that a file uses."""
    for imported, called in _COMPONENT.findall(place.read_text(encoding="utf-8")):
        yield MACROS / (imported or called) / "macro.html"
