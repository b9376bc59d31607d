"""Two board reports: last quarter's is fixed, this one's is a draft. Their words are invented."""

from pbvote.call.rounds.models import Round
from pbvote.core.clock import today
from pbvote.core.spans import Span
from pbvote.people.models import Account
from pbvote.public_account.boards.models import Committee
from pbvote.public_account.boards.service import begin_report, fix_report, write_report
from pbvote.public_account.boards.stories import public_stories

_SUMMARY = (
    "The funded groups are half way through their year. Members of the partnerships visited them, and most do what "
    "they promised. Two partnerships look again at how they tell residents what came of a meeting."
)
_NOT_WELL = (
    "One agenda of each partnership was out only two working days ahead. The survey of speeds on the main road waits "
    "for counters. We publish the agendas of the next quarter a week earlier."
)


def report_to_boards(round_: Round, organiser: Account) -> None:
    """One fixed, one in draft."""
    running = Span.quarter_with(today())
    fixed = begin_report(Committee.HEALTH, round_, running.quarter_before, organiser)
    words = {"summary": _SUMMARY, "not_well": _NOT_WELL}
    stories = [story.award_id for story in public_stories(round_)[:3]]
    write_report(fixed, words, stories, fixed.version, organiser)
    fix_report(fixed, fixed.version, organiser)
    draft = begin_report(Committee.AUDIT, round_, running, organiser)
    write_report(draft, {"summary": _SUMMARY}, [], draft.version, organiser)
