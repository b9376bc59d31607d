"""What a script on a page of the hall sends of a press."""

from flask import abort, request
from werkzeug.datastructures import MultiDict

from pbvote.vote.passes.guard import NotLetIn
from pbvote.vote.passes.hands import hand


def sent_object() -> dict[str, object]:
    """The JSON object that was sent; 422 for anything else."""
    sent = request.get_json()
    return sent if isinstance(sent, dict) else abort(422)


def press_sent() -> MultiDict[str, str]:
    """The press that was sent, as `make_move` reads it. Raises `NotLetIn`.

    After the midnight that ends its access a device may still hand over what it noted. It moves nothing any more.
    """
    device = hand().device
    if hand().account is None and device is not None and not device.is_allowed:
        raise NotLetIn(device)
    return MultiDict({name: str(value) for name, value in sent_object().items()})
