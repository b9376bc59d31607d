"""Check-ins as the forms of earlier builds send them: a phone may hold one for weeks, and it is taken all the same.

`BUILDS` has what each build's form can send, the newest last: its names, and of those with choices, the choices. Tests
hold that the newest is the form of today, and that today's takes all of the others.

So whoever changes the form sees a test fail, and adds a build: copy the newest under a name that says what is new,
with the change in it, at the end. The oldest may go once there are more than four: the newest, and three before it. A
name or a choice that is taken out of the form fails the tests until the last build that sends it is gone.
"""

import re
from collections.abc import Mapping, Sequence

Build = Mapping[str, Sequence[str]]
"""By name, the choices; none where it is typed, or they are rows of the database."""

WORDS = "41 pupils came."
DAYS = ("day", "month", "year")
STANDINGS = ("going_well", "could_use_help", "worried", "not_reached")
NEEDS = ("volunteers", "venue", "equipment", "publicity", "advice", "partner")
HOW = ("visit", "call", "message")
_TYPED = ("form_key", "words", "concern", *(f"{name}-{part}" for name in ("met_on", "next_on") for part in DAYS))

_BEFORE_PHOTOS: Build = {
    **dict.fromkeys(_TYPED, ()),
    "standing": STANDINGS,
    "needs": NEEDS,
    "contact_method": HOW,
    "others": (),
    "next_visit": ("2", "6", "keep", "none"),
}
_BEFORE_PROMISES: Build = {**_BEFORE_PHOTOS, "agreed": ("yes",)}
_BEFORE_GATHERINGS: Build = {**_BEFORE_PROMISES, "kept": ()}
_WITH_GATHERINGS: Build = {**_BEFORE_GATHERINGS, "others_kept": (), "photos_too": ("yes",)}

BUILDS: Mapping[str, Build] = {
    "before photos": _BEFORE_PHOTOS,
    "before promises": _BEFORE_PROMISES,
    "before gatherings": _BEFORE_GATHERINGS,
    "with gatherings": _WITH_GATHERINGS,
}

_SAID = {"form_key": "5c" * 16, "standing": "going_well", "words": WORDS, "contact_method": "visit"}
_NOT_SENT = {"needs", "others", "others_kept", "kept", "agreed", "photos_too"}
"""Boxes to tick: what is not ticked is not sent."""


def sent(build: Build, **said: str) -> dict[str, str]:
    """What a phone sends of a build's form in which little was typed, and this."""
    blank = {name: "" for name in build if name not in _NOT_SENT and not name.startswith("met_on")}
    return {**blank, **_SAID, **said}


PRESENT = sent(_WITH_GATHERINGS)
"""What the form of today sends."""


def build_on(page: str) -> dict[str, set[str]]:
    """The build of a page: what its form can send to the outbox, as `BUILDS` has it."""
    form = page[page.index("data-check-in") :].partition("</form>")[0]
    found: dict[str, set[str]] = {}
    for tag in re.findall(r"<(?:input|textarea|select)\b[^>]*>", form):
        said = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if said.get("type") == "file" or said["name"] == "csrf_token":
            continue  # photos are sent by themselves, and a token grows old
        choices, kind = found.setdefault(said["name"], set()), said.get("type")
        if kind == "radio" or (kind == "checkbox" and not re.fullmatch(r"\d+", said["value"])):
            choices.add(said["value"])
    return found
