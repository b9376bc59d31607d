"""The acknowledgement: a page that is the same for every voter of an event but for three places and a nonce.

So it is drawn once for each event and language, with gaps, and each cast fills the gaps in.
"""

import re
import secrets
from collections.abc import Callable
from typing import Any

from flask import g, get_template_attribute, render_template
from flask_babel import gettext
from markupsafe import Markup, escape

from pbvote.filters import csp_nonce, language
from pbvote.remembering import remembered
from pbvote.tally import BallotKind
from pbvote.vote.casting.service import Stored
from pbvote.vote.poll.paper import Paper
from pbvote.vote.slips.finding import FoundSlip

# Nobody outside this process can write a gap into a name or a title.
_SECRET = secrets.token_hex(16)
_GAP = re.compile(f"{_SECRET}-([a-z_]+);")


def _gap(name: str) -> Markup:
    return Markup("{}-{};").format(_SECRET, name)


def acknowledgement(slip: FoundSlip, paper: Paper, stored: Stored) -> str:
    """The page that says what is stored for the slip, in the language of the voter's page."""
    event = slip.event
    drawn = remembered(
        ("acknowledgement", language(), event.slug, event.name, g.voter.kiosk, slip.state), lambda: _drawn(event.slug)
    )
    own = {
        "nonce": csp_nonce(),
        "sent": _piece("first_words", "sent_again")(),
        "marks": _piece("stored_marks", "stored_marks")(stored.marks(paper), language(), _said(paper.rules.kind)),
        "check_number": f"{slip.check_number[:4]} {slip.check_number[4:]}",
    }
    # The page's pieces stand at the even places, the names of its gaps at the odd ones.
    return "".join(escape(own[piece]) if at % 2 else piece for at, piece in enumerate(drawn))


def _drawn(event_slug: str) -> list[str]:
    """The page, cut at its gaps."""
    own = {name: _gap(name) for name in ("sent", "marks", "check_number")}
    shown: dict[str, Any] = {"own": own, "event_slug": event_slug, "csp_nonce": lambda: _gap("nonce")}
    return _GAP.split(render_template("vote/casting/have_your_vote.html", **shown))


def _piece(template: str, name: str) -> Callable[..., str]:
    macro: Callable[..., str] = get_template_attribute(f"vote/casting/{template}.html", name)
    return macro


def _said(kind: BallotKind) -> str:
    """What a mark of this kind of ballot is called, for those who hear it; "" where a bid was simply chosen."""
    match kind:
        case BallotKind.APPROVAL | BallotKind.KNAPSACK:
            return ""
        case BallotKind.RANKED:
            return gettext("Your place for this group:")
        case BallotKind.SCORE | BallotKind.CHOOSE_THEN_SCORE:
            return gettext("Your mark:")
        case BallotKind.CUMULATIVE:
            return gettext("Your points:")
