"""What residents read once they have sent something."""

from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext

Said = tuple[str, Sequence[str]]
"""A title, and sentences."""


def too_many() -> str:
    """That a network sends too much. It names no time: minutes are enough."""
    return gettext("Many requests came from your network. Wait ten minutes, then send it again.")


def _sent() -> Said:
    return gettext("We have written to you"), (
        gettext("Open the link in our e-mail and press the button."),
        gettext("Until then we send nothing more. Without it we delete your address after 7 days."),
    )


def _on() -> Said:
    return gettext("We will write to you once"), (
        gettext("You get one e-mail when the result is out. Then we delete your address."),
    )


def _off() -> Said:
    return gettext("Your address is deleted"), (gettext("We do not write to you again."),)


def _hand() -> Said:
    return gettext("Thank you for lending a hand"), (
        gettext("The organisers read it, and tell groups that could use your help."),
    )


DONE: Mapping[str, Callable[[], Said]] = {"sent": _sent, "on": _on, "off": _off, "hand": _hand}
