"""What a script on a page of the hall sends of a press."""

from werkzeug.datastructures import MultiDict

from pbvote.vote.passes.guard import require_in
from pbvote.vote.passes.uploads import sent_object


def press_sent() -> MultiDict[str, str]:
    """The press that was sent, as `make_move` reads it. Raises `NotLetIn`.

    After the midnight that ends its access a device may still hand over what it noted. It moves nothing any more.
    """
    require_in()
    return MultiDict({name: str(value) for name, value in sent_object().items()})
