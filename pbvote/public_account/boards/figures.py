"""Take the figures of a board report: each from where every page has it, as at the last day of the quarter."""

from collections.abc import Iterable, Sequence
from typing import Final

import sqlalchemy as sa

from pbvote.call.rounds.models import Round, Share
from pbvote.core.clock import UK
from pbvote.core.spans import Span
from pbvote.db import db
from pbvote.filters import day, money
from pbvote.grants.awards.models import Award, AwardState, to_answer_by
from pbvote.grants.visits.models import CheckIn, Worry
from pbvote.localities.models import Locality
from pbvote.partnership.counting import partnership_counts
from pbvote.public_account.boards.taken import (
    BoardFigures,
    BoardNumbers,
    BoardPlaceFigures,
    BoardTheme,
    BoardWorries,
)
from pbvote.public_account.figures.grants import StandingGrant
from pbvote.public_account.figures.shares import ShareFigures, share_figures
from pbvote.public_account.figures.small import hide_in_quarters
from pbvote.public_account.outlines.models import OutlineLine, YearFigure, YearOutline
from pbvote.public_account.outlines.service import public_outlines
from pbvote.public_account.outlines.shown import whole_line, year_of
from pbvote.public_account.spending.shown import NO_THEME, LocalitySpent, RoundSpent, grants_of
from pbvote.vote.events.models import Event

SLIPS: Final = "slips that voted and were counted"


def take_figures(round_: Round, quarter: Span) -> BoardFigures:
    """The figures of a round's public results, and of the quarter."""
    shares = share_figures(quarter.last)
    spent = RoundSpent.of(round_.slug, quarter.last, shares)
    worries, hides = _worries(quarter)
    return BoardFigures(
        currency=round_.currency,
        places=[_place(one) for one in spent.localities] if spent else [],
        to_come=list(spent.to_come) if spent else [],
        themes=_themes(spent) if spent else [],
        events=[
            _event(one) for one in shares if quarter.first <= one.event.began_at.astimezone(UK).date() <= quarter.last
        ],
        worries=worries,
        hides=hides,
        numbers=[BoardNumbers(place.name, counts.strip) for place, counts in partnership_counts(quarter)],
        record=_record(round_, shares, public_outlines()),
        unanswered=_unanswered(round_, spent.awards if spent else []),
    )


def _place(one: LocalitySpent) -> BoardPlaceFigures:
    sums = one.figures
    pieces = [award.awarded for award in one.awards]
    money_of = (sums.share, sums.groups, sums.awarded, sums.paid, sums.returned, sums.declined)
    return BoardPlaceFigures(one.name, one.is_told, *money_of, pieces)


def _themes(spent: RoundSpent) -> list[BoardTheme]:
    groups: dict[str, list[str]] = {}
    for award in spent.awards:
        groups.setdefault(award.theme.words if award.theme else NO_THEME, []).append(award.group)
    return [BoardTheme(part.words, part.pence, groups[part.words]) for part in spent.themes]


def _event(one: ShareFigures) -> str:
    voted, members = one.figures.voted, one.event.is_chosen_by_members
    who = ("member" if members else "resident") + ("" if voted == 1 else "s")
    verb = "chose" if members else "voted"
    return f"{one.share.locality.name}, {day(one.event.began_at)}: {voted:,} {who} {verb}."


def _worries(quarter: Span) -> tuple[list[BoardWorries], bool]:
    """Worries by locality, in this quarter and in the one before. Each column is hidden for itself."""
    before = quarter.quarter_before

    def raised(period: Span) -> sa.ScalarSelect[int]:
        wanted = sa.select(sa.func.count()).select_from(Worry).join(CheckIn, CheckIn.id == Worry.check_in_id)
        wanted = wanted.join(Award, Award.id == Worry.award_id).join(Event, Event.id == Award.event_id)
        wanted = wanted.join(Share, Share.id == Event.share_id).where(Share.locality_id == Locality.id)
        wanted = wanted.where(CheckIn.logged_at >= period.began_at, CheckIn.logged_at < period.over_at)
        return wanted.correlate(Locality).scalar_subquery()

    wanted = sa.select(Locality.name, raised(before), raised(quarter)).where(Locality.is_imported.is_(False))
    rows = db.session.execute(wanted.order_by(Locality.name)).all()
    if not rows:
        return [], False
    shown = hide_in_quarters([(earlier, now) for _, earlier, now in rows])
    told = [BoardWorries(row[0], *counts) for row, counts in zip(rows, shown.rows, strict=True)]
    return [*told, BoardWorries("All", *shown.totals)], shown.hides


def _record(round_: Round, shares: Sequence[ShareFigures], outlines: Sequence[YearOutline]) -> str:
    """That more residents voted than in any other round and any year in outline before it, if that is so.

    Where it is not known how many voted in one of those years, nobody can say so.
    """
    voted: dict[Round, int] = {}
    for one in shares:
        if not one.event.is_chosen_by_members:
            voted[one.share.round] = voted.get(one.share.round, 0) + one.figures.voted
    here = voted.pop(round_, 0)
    if not here:
        return ""
    year = year_of(one for one in shares if one.share.round is round_)
    lines = [whole_line(outline, YearFigure.VOTED) for outline in outlines if outline.year < year]
    if None in lines:
        return ""
    others = [(number, each.name, SLIPS) for each, number in voted.items()]
    others += [(line.number or 0, str(line.outline.year), _how(line)) for line in lines if line]
    most, name, how = max(others, default=(0, "", ""))
    if not 0 < most < here:
        return ""
    counted = f"Both are {SLIPS}." if how == SLIPS else f"The first are {SLIPS}; the others are {how}."
    said = f"Record numbers: {here:,} residents voted in {round_.name}."
    return f"{said} The most before were {most:,}, in {name}. {counted}"


def _how(line: OutlineLine) -> str:
    """Where the number of an outline comes from, and how people were counted."""
    return f"{line.source.mark} ({line.found_in}): {line.counted.rstrip('.')}"


def _unanswered(round_: Round, awards: Iterable[StandingGrant]) -> str:
    """What groups have not answered yet, and the day by which the last of them does."""
    offered = [award for award in awards if award.state is AwardState.OFFERED]
    if not offered:
        return ""
    pence = sum(each.awarded for each in offered)
    is_one = len(offered) == 1
    final_on = to_answer_by(max(each.told_on for each in offered))
    who, they = ("the group has", "it does") if is_one else ("the groups have", "they do")
    return (
        f"{money(pence, round_.currency)} in {grants_of(len(offered))} is provisional: {who} not answered. It is final "
        f"once {they}; the answer was asked for by {day(final_on)}."
    )
