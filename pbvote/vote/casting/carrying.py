"""What a voter's page sends once more, in hidden inputs. Templates call these; macros took a tenth of a cast's time."""

from collections.abc import Iterable

from flask import request
from markupsafe import Markup, escape

_OF_THE_PAGE = frozenset({"lang", "other_lang"})


def hidden_inputs(pairs: Iterable[tuple[str, object]]) -> Markup:
    """A form's values; no page can show a NUL, so it is left out."""
    inputs = (f'<input type="hidden" name="{escape(name)}" value="{escape(str(value))}">\n' for name, value in pairs)
    return Markup("".join(inputs).replace("\0", ""))  # noqa: S704 - what was sent is escaped above


def sent_again() -> Markup:
    """What was sent, to be sent once more in another language: a vote that is in already counts once."""
    sent = request.form.items(multi=True)
    return hidden_inputs((name, value) for name, value in sent if name not in _OF_THE_PAGE)
