"""What a paper ballot asks of the voter, in words."""

from collections.abc import Iterable
from html import unescape

from flask import get_template_attribute
from flask_babel import force_locale

from pbvote.printing.words import in_languages
from pbvote.tally import BallotKind
from pbvote.vote.poll.paper import Paper


def instruction(paper: Paper, points: tuple[int, ...]) -> str:
    """What the voter is asked to do, as the phone says it, and how it is done with a pen. In English."""
    with force_locale("en"):
        return f"{_asked(paper)} {_by_pen(paper, points)}"


def asked_in_others(paper: Paper, languages: Iterable[str]) -> dict[str, str]:
    """What the phone asks, in these languages but English."""
    return in_languages((language for language in languages if language != "en"), lambda: _asked(paper))


def _asked(paper: Paper) -> str:
    asked = get_template_attribute("vote/casting/sentences.html", "instruction")
    return unescape(asked(paper.rules, len(paper.lines), paper.currency)).strip()


def _by_pen(paper: Paper, points: tuple[int, ...]) -> str:
    bids = len(paper.lines)
    match paper.rules.kind:
        case BallotKind.APPROVAL | BallotKind.KNAPSACK:
            return "Put a cross in the box of each group that you choose."
        case BallotKind.RANKED:
            last = min(paper.rules.max_choices or bids, bids)
            return f"Write the numbers 1 to {last} in their boxes." if last > 1 else "Write 1 in its box."
        case BallotKind.CUMULATIVE:
            return "Write the points in their boxes."
        case BallotKind.SCORE:
            return "Cross one box for each group." if points else "Write the mark in the group’s box."
        case BallotKind.CHOOSE_THEN_SCORE:
            return "Cross one box for each of them." if points else "Write the mark in the group’s box."
