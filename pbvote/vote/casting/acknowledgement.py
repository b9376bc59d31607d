"""The acknowledgement: a page that is the same for every voter of an event but for three places and a nonce.

So it is drawn once for each event and language, with gaps, and each cast fills the gaps in. The lines of its list are
drawn once too, each with a gap for its mark.
"""

import re
import secrets
from typing import Any

from flask import g, get_template_attribute, render_template
from flask_babel import gettext
from markupsafe import Markup, escape

from pbvote.filters import csp_nonce, language
from pbvote.remembering import remembered
from pbvote.tally import BallotKind
from pbvote.vote.casting.carrying import sent_again
from pbvote.vote.casting.service import Stored
from pbvote.vote.poll.paper import Paper
from pbvote.vote.slips.finding import FoundSlip

# Nobody outside this process can write a gap into a name or a title.
_SECRET = secrets.token_hex(16)
_GAP = re.compile(f"{_SECRET}-([a-z_]+);")
_TICK = "✓"


def _gap(name: str) -> Markup:
    return Markup("{}-{};").format(_SECRET, name)


def acknowledgement(slip: FoundSlip, paper: Paper, stored: Stored) -> str:
    """The page that says what is stored for the slip, in the language of the voter's page."""
    event = slip.event
    drawn = remembered(
        ("acknowledgement", language(), event.slug, event.name, g.voter.kiosk, slip.state), lambda: _drawn(event.slug)
    )
    own = {
        "nonce": escape(csp_nonce()),
        "sent": sent_again(),
        "marks": _marks(event.opening, paper, stored),
        "check_number": escape(f"{slip.check_number[:4]} {slip.check_number[4:]}"),
    }
    # The page's pieces stand at the even places, the names of its gaps at the odd ones.
    return "".join(own[piece] if at % 2 else piece for at, piece in enumerate(drawn))


def _drawn(event_slug: str) -> list[str]:
    """The page, cut at its gaps."""
    own = {name: _gap(name) for name in ("sent", "marks", "check_number")}
    shown: dict[str, Any] = {"own": own, "event_slug": event_slug, "csp_nonce": lambda: _gap("nonce")}
    return _GAP.split(render_template("vote/casting/have_your_vote.html", **shown))


def _marks(opening: str | None, paper: Paper, stored: Stored) -> str:
    """The list's lines. The opening fixes their words; before it they are drawn each time."""
    key = ("stored-marks", opening or "", language())
    lines = remembered(key, lambda: _drawn_lines(paper)) if opening else _drawn_lines(paper)
    drawn = ((*lines[line.number], str(mark) if mark else _TICK) for line, mark in stored.marks(paper))
    return "".join(f"{before}{mark}{after}" for before, after, mark in drawn)


def _drawn_lines(paper: Paper) -> dict[int, tuple[str, str]]:
    """By ballot number: what stands before a bid's mark, and after it."""
    draw = get_template_attribute("vote/casting/stored_marks.html", "stored_mark")
    said = _said(paper.rules.kind)
    drawn = {line.number: _GAP.split(draw(line, language(), said, _gap("mark"))) for line in paper.lines}
    return {number: (before, after) for number, (before, _, after) in drawn.items()}


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
