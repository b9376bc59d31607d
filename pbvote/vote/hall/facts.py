"""What somebody should know before they open, close, count or publish; what looks odd stands out."""

from collections.abc import Iterator
from dataclasses import dataclass

from pbvote.core.clock import now
from pbvote.filters import hour, when_is
from pbvote.vote.count.code_account import CodeAccount
from pbvote.vote.count.outcome import outcome_of
from pbvote.vote.events.models import Event
from pbvote.vote.events.times import planned_close
from pbvote.vote.hall.checklist import has_come, is_last_day
from pbvote.vote.hall.console import Console
from pbvote.vote.hall.figures import Figures
from pbvote.vote.hall.phones import Phones
from pbvote.vote.ledger.records import counted
from pbvote.vote.paper_entry.pile import spoilt_said
from pbvote.vote.stage.view import StageShown


@dataclass(frozen=True, slots=True)
class Fact:
    """How something stands, and whether that is unusual for this step."""

    text: str
    is_odd: bool = False
    endpoint: str = ""
    """Of the page where it can be mended; its address needs the event's slug alone."""
    act: str = ""
    """As the link to it is named."""


def facts_before_opening(event: Event, console: Console, shown: StageShown) -> Iterator[Fact]:
    """What is ready, and when the event is."""
    yield Fact(f"{counted(console.live, 'slip')} can vote.", is_odd=not console.live)
    yield Fact(f"The event is {when_is(event.starts_at)}.", is_odd=not has_come(event))
    order = "drawn by lot" if console.figures.is_drawn else "set by hand"
    yield Fact(f"{counted(len(shown.slots), 'bid')} in the running order, {order}.", is_odd=not shown.slots)
    if console.missing:
        yield Fact(f"{counted(console.missing, 'bid')} of the shortlist not in the running order.", is_odd=True)
    if console.has_old_backs:
        yield Fact("Slips were printed before the running order or a title changed.", is_odd=True)
    if not console.has_recovery_sheet:
        yield Fact("The recovery sheet is not printed.", is_odd=True)
    if not console.figures.rehearsed:
        yield Fact("Nobody has rehearsed.", is_odd=True)
    yield Fact(f"{console.venue.says}.", is_odd=not console.venue.is_done)
    if not (console.figures.screens or event.lasts_days):
        yield Fact("No screen is connected.", is_odd=True)
    yield Fact(f"The box holds {counted(console.ballots, 'ballot')}.", is_odd=console.ballots > 0)


def facts_before_closing(event: Event, console: Console, shown: StageShown) -> Iterator[Fact]:
    """Who has voted, who may still want to, and what comes after."""
    share = f"{console.ballots} of {counted(console.live, 'slip')} {'has' if console.live == 1 else 'have'} voted."
    yield Fact(share, is_odd=not console.ballots)
    phones = Phones.of(event)
    yield Fact(phones.said, is_odd=phones.are_busy)
    planned = planned_close(event)
    is_early = now() < planned
    yield Fact(f"Voting {'is' if is_early else 'was'} planned to end {when_is(planned)}.", is_odd=is_early)
    if waiting := console.papers.waiting:
        verb = "waits" if waiting == 1 else "wait"
        yield Fact(f"{counted(waiting, 'paper')} {verb} to be read back. That can be done after the close.")
    yield from _behind(console.figures)
    if event.lasts_days and not is_last_day(event):
        yield Fact("The last day of the vote has not come.", is_odd=True)
    elif called := console.last_call(shown):
        yield Fact(f"The screen showed the last call at {hour(called)}.")
    elif not event.lasts_days:
        yield Fact("The screen has not shown the last call.", is_odd=True)
    if not event.lasts_days and shown.next:
        waiting = len(shown.waiting)
        others = f", and {counted(waiting - 1, 'group')} after it" if waiting > 1 else ""
        yield Fact(f"{shown.next.number} {shown.next.bid.title} has not presented yet{others}.", is_odd=True)
    yield Fact("Look before you press: has the last person in the line voted?")


def _behind(figures: Figures) -> Iterator[Fact]:
    """The phones of which nothing has come, with where one of them is set aside."""
    if figures.behind:
        yield Fact(" ".join(figures.behind), is_odd=True, endpoint="door_desk.figures", act="The door’s numbers")


def facts_before_counting(figures: Figures, account: CodeAccount, waiting: int) -> Iterator[Fact]:
    """Whether every paper is settled, and the slips add up; `waiting` papers are to be read back."""
    yield Fact(
        f"{counted(account.voted, 'slip')} voted, {account.on_paper} of them on paper.", is_odd=not account.voted
    )
    if account.spoilt:
        yield Fact(spoilt_said(account.spoilt))
    if waiting:
        verb = "waits" if waiting == 1 else "wait"
        yield Fact(f"{counted(waiting, 'paper')} {verb} to be read back.", is_odd=True)
    yield from _behind(figures)
    if undecided := figures.undecided:
        text = f"{counted(undecided, 'slip')} voted differently on a phone and on paper. Decide which counts."
        yield Fact(text, is_odd=True)
    if account.left_over is None:
        yield Fact("The slips left over are not counted.", is_odd=True)
    for mismatch in account.mismatches:
        yield Fact(mismatch, is_odd=True)
    if account.left_over is not None and not account.mismatches:
        yield Fact("The slips add up.")
    if not figures.witnesses:
        yield Fact("No witness has a card. Another organiser must confirm the count.")


def facts_before_publishing(event: Event, console: Console, shown: StageShown, *, knows: bool) -> Iterator[Fact]:
    """What was counted, and whether the hall has heard it. Of the outcome, only for whoever `knows` it already."""
    outcome = outcome_of(event) if knows else None
    yield Fact(f"{counted(console.ballots, 'ballot')} counted.", is_odd=not console.ballots)
    if outcome:
        yield Fact(f"{len(outcome.funded)} of {counted(len(shown.slots), 'bid')} funded.", is_odd=not outcome.funded)
    if console.waits_for_draw:
        yield Fact("A tie waits for a draw in the room.", is_odd=True)
    told, number = shown.stage.revealed, len(shown.slots)
    if event.lasts_days and not told:
        return
    if told >= number:
        yield Fact(f"All {counted(number, 'bid')} were announced on the screen.")
    else:
        yield Fact(f"{told} of {counted(number, 'bid')} were announced on the screen.", is_odd=True)


def is_ready_to_count(figures: Figures, account: CodeAccount, waiting: int) -> bool:
    """Whether nothing stands in the way of a count."""
    return not waiting and not figures.undecided and account.left_over is not None and not account.is_unexplained
