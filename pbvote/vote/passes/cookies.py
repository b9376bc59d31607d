"""The cookie by which a phone or a screen is known. It goes to the pages of its kind and event, and nowhere else."""

from typing import Final

from flask import Response, current_app, request

from pbvote.vote.passes.lifetime import UPLOADS_FOR, lives_until
from pbvote.vote.passes.models import HallDevice

COOKIE: Final = "hall-device"


def keep_token(response: Response, device: HallDevice, token: str) -> None:
    """Let this browser keep the device's token for as long as it may hand anything over.

    The path keeps it from the voter's pages, whatever they are asked for.
    """
    response.set_cookie(
        COOKIE,
        token,
        expires=lives_until(device.event) + UPLOADS_FOR,
        path=device.kind.home(device.event.slug),
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Strict",
    )


def token_shown() -> str:
    """The token that this request shows; "" where it shows none."""
    return request.cookies.get(COOKIE, "")
