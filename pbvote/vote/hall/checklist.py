"""What must be done before an event's vote and after it: each thing with its state in words, and the one next step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pbvote.core.clock import UK, now
from pbvote.people.models import Account
from pbvote.vote.events.models import Event
from pbvote.vote.hall.console import Console
from pbvote.vote.hall.figures import Figures
from pbvote.vote.ledger.records import counted
from pbvote.vote.passes.lifetime import is_over
from pbvote.vote.stage.models import Scene
from pbvote.vote.stage.view import StageShown


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One thing to do: how it stands, whether that is enough, and the act that does it."""

    says: str
    is_done: bool
    act: str
    """As its link names it."""
    endpoint: str
    """Of the page where it is done; its address needs the event's slug alone."""
    is_for_the_day: bool = False
    """Whether it can't be done sooner than on the day."""
    anchor: str | None = None
    """Where on that page it is done; None at its top."""
    scene: Scene | None = None
    """The scene that a press here shows to the hall, where that does it."""


CLOSING: Final = "steps_desk.closing_page"


@dataclass(frozen=True, slots=True)
class DayChecklist:
    """Everything that is to be done around the vote, and the first thing that is left."""

    items: Sequence[ChecklistLine]
    next: ChecklistLine | None
    """None where all that can be done now is done."""

    @property
    def is_close_next(self) -> bool:
        """Whether to close voting is the next step."""
        return self.next is not None and self.next.endpoint == CLOSING

    @classmethod
    def of(cls, event: Event, console: Console, shown: StageShown, reader: Account) -> "DayChecklist":
        """What an event's organisers have before them, in the order in which it is done, as `reader` reads it."""
        if event.takes_changes:
            items = list(_before(event, console, shown))
        elif event.takes_votes:
            items = list(_while_open(event, console, shown))
        elif event.awaits_count:
            items = list(_until_the_count(console))
        else:
            items = list(_after_the_seal(event, console, shown, reader))
        return cls(items, next((item for item in items if not item.is_done and _can_be_now(event, item)), None))


def _can_be_now(event: Event, item: ChecklistLine) -> bool:
    """Whether its day has come. The demonstration is shown on any day, and yet nobody closes a week on its first."""
    if event.takes_votes:
        return is_last_day(event) or not item.is_for_the_day
    return has_come(event) or event.share.round.is_demonstration or not item.is_for_the_day


def has_come(event: Event) -> bool:
    """Whether the event's day has come, in UK time."""
    return now().astimezone(UK).date() >= event.starts_at.astimezone(UK).date()


def is_last_day(event: Event) -> bool:
    """Whether the last day of an event has come, in UK time."""
    return now().astimezone(UK).date() >= event.ends_at.astimezone(UK).date()


def _while_open(event: Event, console: Console, shown: StageShown) -> Iterator[ChecklistLine]:
    """Groups speak before the last call. A vote of several days is closed on its last one."""
    if shown.next and not (event.lasts_days or console.last_call(shown)):
        waiting = len(shown.waiting)
        says = f"{counted(waiting, 'group')} {'has' if waiting == 1 else 'have'} not spoken"
        yield ChecklistLine(says, False, "Go on with the groups", "compere_compere.show")
    yield ChecklistLine("Voting is open", False, "Close voting", CLOSING, is_for_the_day=event.lasts_days)


def _before(event: Event, console: Console, shown: StageShown) -> Iterator[ChecklistLine]:
    figures, bids = console.figures, len(shown.slots)
    order = "drawn by lot" if figures.is_drawn else "set by hand"
    in_order = f"{counted(bids, 'bid')} in the running order, {order}" if bids else "No bid is in the running order"
    if console.missing:
        in_order = f"{counted(console.missing, 'bid')} of the shortlist not in the running order"
    yield ChecklistLine(
        in_order, bool(bids) and not console.missing, "Set the running order", "events_desk.running_order"
    )
    page = "Everybody can read the event’s page" if event.has_page else "Nobody can read the event’s page yet"
    yield ChecklistLine(page, event.has_page, "Publish the page", "programme_desk.overview")
    printed = f"{counted(console.printed, 'slip')} printed" if console.printed else "No slips are printed"
    yield ChecklistLine(printed, console.printed > 0, "Print slips", "slips_desk.order")
    kept = "The recovery sheet is printed" if console.has_recovery_sheet else "The recovery sheet is not printed"
    yield ChecklistLine(kept, console.has_recovery_sheet, "Print the recovery sheet", "slips_desk.order")
    yield _rehearsed(console)
    cards = f"{counted(figures.witnesses, 'witness card')} made" if figures.witnesses else "No witness has a card"
    yield ChecklistLine(cards, figures.witnesses > 0, "Name a witness", _WITNESSES)
    yield ChecklistLine(console.venue.says, console.venue.is_done, "Check the venue", "venue_desk.page")
    yield from _on_the_day(event, console)


def _rehearsed(console: Console) -> ChecklistLine:
    """First slips are printed to try with, then somebody votes with one."""
    rehearsed = console.figures.rehearsed
    if not rehearsed and console.has_rehearsal_slips:
        says = "Rehearsal slips are printed, and nobody has voted with one"
        return ChecklistLine(says, False, "Rehearse: vote with a test slip", "casting.start")
    tried = f"{counted(rehearsed, 'rehearsal ballot')} cast" if rehearsed else "Nobody has rehearsed"
    return ChecklistLine(tried, rehearsed > 0, "Print rehearsal slips", "slips_desk.order")


_WITNESSES = "witnesses_desk.witnesses"


def _on_the_day(event: Event, console: Console) -> Iterator[ChecklistLine]:
    figures = console.figures
    if not event.lasts_days:
        yield _screens(figures)
    live = f"{counted(console.live, 'slip')} can vote" if console.live else "No envelope is open, so no slip can vote"
    yield ChecklistLine(live, console.live > 0, "Open an envelope", "slips_desk.all_envelopes", is_for_the_day=True)
    yield ChecklistLine("Voting is not open", False, "Open voting", "steps_desk.opening_page", is_for_the_day=True)


def _screens(figures: Figures) -> ChecklistLine:
    """Where people speak, a screen follows them; an event over several days has no hall."""
    screens = f"{counted(figures.screens, 'screen')} connected" if figures.screens else "No screen is connected"
    return ChecklistLine(screens, figures.screens > 0, "Connect a screen", "passes_desk.passes", is_for_the_day=True)


def _until_the_count(console: Console) -> Iterator[ChecklistLine]:
    papers, undecided = console.papers, console.figures.undecided
    read = f"{counted(papers.keyed, 'paper')} keyed and read back" if papers.keyed else "No paper ballots are keyed"
    if papers.waiting:
        read = f"{counted(papers.waiting, 'paper')} to be read back by a second person"
    yield ChecklistLine(read, not papers.waiting, "Key and read back papers", "paper_entry_desk.papers")
    if undecided:
        clash = f"{counted(undecided, 'slip')} voted differently on a phone and on paper"
        yield ChecklistLine(clash, False, "Decide which vote counts", "paper_entry_desk.papers")
    left_over = "The slips left over are counted"
    if not console.figures.has_account:
        left_over = "The slips left over are not counted"
    yield ChecklistLine(left_over, console.figures.has_account, "Do the slips add up?", "count_desk.account")
    yield ChecklistLine("The votes are not counted", False, "Count and seal", "steps_desk.counting_page")


def _after_the_seal(event: Event, console: Console, shown: StageShown, reader: Account) -> Iterator[ChecklistLine]:
    is_sealed = event.awaits_publication or event.is_public
    yield ChecklistLine(
        "The votes are counted and sealed" if is_sealed else "The seal is not finished", is_sealed, "", ""
    )
    if not is_sealed:
        return
    if console.waits_for_draw:
        yield ChecklistLine("A tie waits for a draw in the room", False, "Draw the tie", "count_desk.draw")
    yield _announced(event, shown, has_looked=console.has_looked(reader))
    public = "Everybody can read the result" if event.is_public else "The result is not public"
    yield ChecklistLine(public, event.is_public, "Publish the result", "steps_desk.publishing_page")
    if event.is_public and not is_over(event):
        yield from _leaving_the_hall(event, console.figures, shown)
    yield ChecklistLine("Next, the council makes the awards", False, "Go to the awards", "awards_desk.awards")


def _leaving_the_hall(event: Event, figures: Figures, shown: StageShown) -> Iterator[ChecklistLine]:
    """The hall's last scene, and then the end of everybody's access; nothing where nobody has any."""
    if not (figures.let_in or figures.passes):
        return
    if not event.lasts_days:
        is_thanked = shown.scene is Scene.THANKS
        says = "The screen says thank you" if is_thanked else "The screen has not said thank you"
        yield ChecklistLine(says, is_thanked, "Show “Thank you”", "stage_desk.press", scene=Scene.THANKS)
    says = "Access for phones and screens lasts until midnight"
    yield ChecklistLine(says, False, "End everything now", "passes_desk.passes", anchor="end-all")


def _announced(event: Event, shown: StageShown, *, has_looked: bool) -> ChecklistLine:
    """Organisers look first. Where there is a hall it hears the outcome next; a week of voting has none."""
    told, number = shown.stage.revealed, len(shown.slots)
    if event.lasts_days and not told:
        says = "You have seen the outcome" if has_looked else "You have not seen the outcome"
        return ChecklistLine(says, has_looked or event.is_public, "See the outcome", _OUTCOME)
    if 0 < told < number and not event.is_public:
        says = f"{told} of {counted(number, 'bid')} announced"
        return ChecklistLine(says, False, "Go on with the announcement", "compere_compere.show")
    said = told > 0 or event.is_public
    says = "The result was announced" if said else "The result is not announced"
    if has_looked and not said:
        return ChecklistLine(says, said, "Go to the announcement", "compere_compere.show")
    return ChecklistLine(says, said, "See the outcome", _OUTCOME)


_OUTCOME = "results_organiser.outcome"
