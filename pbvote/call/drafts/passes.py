"""Who may write in a draft: whoever's browser shows a pass that we signed.

A pass stands in the browser's session, for the pages that it asks for, and in the body of each form, where it is the
authority: what somebody typed is kept though the session is lost. It says whether its browser came by the mailed link,
and so belongs to whoever reads that address.
"""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from flask import current_app, request, session
from itsdangerous import BadData, URLSafeSerializer

from pbvote.call.drafts.models import Draft
from pbvote.call.rounds.models import Round
from pbvote.core.clock import now
from pbvote.db import db
from pbvote.errors import Refusal

SHOWN_FOR = dt.timedelta(hours=4)
"""How long a browser's session opens a draft from its last page on. A library's computer has a next person."""
_DRAFT = "draft"


class NoDraft(Refusal):
    """This browser holds no draft, or one that is gone."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            "We can’t find your draft from here. You may have sent it. Open it by the link in our newest e-mail."
        )


@dataclass(frozen=True, slots=True)
class Pass:
    """A draft's key, and whether its browser opened the mailed link."""

    key: str
    is_proven: bool

    @property
    def signed(self) -> str:
        """As the session and the forms hold it."""
        return _serializer().dumps([self.key, self.is_proven])


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt="draft")


def read_pass(signed: str) -> Pass | None:
    """The pass, if it is one of ours."""
    try:
        key, is_proven = _serializer().loads(signed)
    except (BadData, ValueError):
        return None
    return Pass(key, bool(is_proven))


def carry(given: Pass) -> None:
    """Let this browser's session open the draft for some hours."""
    session[_DRAFT] = [given.signed, int(now().timestamp())]


def let_go() -> None:
    """Forget the draft on this browser."""
    session.pop(_DRAFT, None)


def carried() -> Pass | None:
    """The pass in this request's body, or else in the browser's session."""
    if sent := request.form.get("pass"):
        return read_pass(sent)
    signed, since = session.get(_DRAFT, ["", 0])
    return read_pass(signed) if since > now().timestamp() - SHOWN_FOR.total_seconds() else None


def draft_of(round_: Round) -> Draft:
    """The draft of this browser in this round. Raises `NoDraft`."""
    draft = draft_or_none(round_)
    if draft is None:
        raise NoDraft
    return draft


def draft_or_none(round_: Round) -> Draft | None:
    """The same, None where there is none."""
    held = carried()
    wanted = sa.select(Draft).where(Draft.round_id == round_.id)
    return db.session.scalar(wanted.where(Draft.key == held.key)) if held else None


def held_pass() -> Pass:
    """This request's pass. Raises `NoDraft`."""
    held = carried()
    if held is None:
        raise NoDraft
    return held
