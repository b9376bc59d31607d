"""How a script on a device's page hands over what it noted without a network: JSON, without a form and its token.

Such a view is marked with `uploads`, which takes the token's check from it alone; `own_scripts.refuse_strangers`
stands in its place. A device may do this for a day after its pages have closed to it (`HallDevice.may_upload`).
"""

from collections.abc import Callable
from typing import Final

from flask import abort, current_app, request
from flask.typing import ResponseReturnValue

from pbvote.people.signing_in import csrf

View = Callable[..., ResponseReturnValue]
_VIEWS: Final[set[str]] = set()


def uploads(view: View) -> View:
    """Mark a view of a `hall_door` that takes JSON from a device's script. It stands below the door's own decorator."""
    csrf.exempt(view)
    _VIEWS.add(_name_of(view))
    return view


def _name_of(view: View) -> str:
    return f"{view.__module__}.{view.__name__}"


def takes_uploads() -> bool:
    """Whether this request is for a view that is so marked."""
    view: View = current_app.view_functions[request.endpoint or ""]  # type: ignore[assignment]  # ours are not async
    return _name_of(view) in _VIEWS


def sent_json() -> object:
    """The JSON that was sent; 400 for what is none, and for what no page nests so deep."""
    try:
        return request.get_json()
    except RecursionError:
        abort(400)


def sent_object() -> dict[str, object]:
    """The JSON object that was sent; 422 for anything else."""
    sent = sent_json()
    return sent if isinstance(sent, dict) else abort(422)
