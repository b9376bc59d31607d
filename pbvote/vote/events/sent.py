"""What residents send from an event's own pages: kept once it is well formed and comes in no flood."""

from collections.abc import Callable

from flask.typing import ResponseReturnValue

from pbvote.errors import Refusal
from pbvote.fields import Form
from pbvote.people.signing_in import later
from pbvote.people.tries import Count, note, refuse_haste
from pbvote.vote.events.models import Event

Draw = Callable[[Event, Form], str]
"""The page that the form is on."""


def keep_sent(
    event: Event, form: Form, draw: Draw, keep: Callable[[], object], counts: tuple[Count, ...], too_many: str
) -> ResponseReturnValue | None:
    """Keep what was sent, and count it; the caller commits. Else the answer: the form's page with what is wrong.

    `keep` stores it, and may refuse. `too_many` is what is said to a network that sends too much.
    """
    if not form.validate():
        return draw(event, form), 422
    try:
        refuse_haste(counts, too_many)
        keep()
    except Refusal as refusal:
        form.refuse(str(refusal))
        return draw(event, form), refusal.status, later(refusal)
    note(counts)
    return None
