"""The bids of an event as everybody reads them: on its page, on posters, in the hand."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from pbvote.call.bids.models import Bid, BidState
from pbvote.config import LANGUAGES
from pbvote.core.searching import holds_words
from pbvote.vote.count.outcome import TAKEN_OUT, outcome_of
from pbvote.vote.events.models import Event, Slot
from pbvote.vote.events.photos import shows_photos
from pbvote.vote.events.service import load_running_order
from pbvote.vote.poll.paper import Words, words_in
from pbvote.voters_path import DEFAULT_LANGUAGE

OTHER_LANGUAGES = tuple(language for language in LANGUAGES if language != DEFAULT_LANGUAGE)
LONGEST_QUERY = 100


class Ending(enum.StrEnum):
    """What became of a bid, once everybody may know."""

    FUNDED = "funded"
    NOT_FUNDED = "not_funded"
    TAKEN_OUT = "taken_out"
    """Withdrawn or refused. It keeps its number, because the ballot does; it gets no money."""


@dataclass(frozen=True)
class Listed:
    """A bid of the programme, by its number on the ballot."""

    number: int
    bid: Bid
    ask_pence: int
    """What it asks of this event's share."""
    ending: Ending | None
    has_photo: bool = False
    """Whether it is shown with its photo: everybody may see it, or the desk looks ahead."""

    @property
    def group(self) -> str:
        """Who asks; "" where an imported election names nobody."""
        return self.bid.group.name if self.bid.group else ""

    def words(self, language: str) -> Words:
        """Title, summary and the photo's words in this language, each in English where nobody entered it."""
        bid = self.bid
        if language == DEFAULT_LANGUAGE:
            return Words(bid.title, bid.summary, photo_text=bid.photo_text)
        own = bid.wording(language)
        entered = (own.title, own.summary, own.photo_text) if own else ("", "", "")
        return words_in(bid.title, bid.summary, bid.photo_text, entered)

    def matches(self, query: str) -> bool:
        """Whether every word of the query is in its number, reference, group, title or summary, in any language."""
        worded = [text for wording in self.bid.wordings for text in (wording.title, wording.summary)]
        own = (str(self.number), self.bid.reference, self.group, self.bid.title, self.bid.summary)
        return holds_words((*own, *worded), query)


def entries_of(event: Event, *, looks_ahead: bool = False) -> tuple[Listed, ...]:
    """The event's bids in running order, in four statements however many there are.

    `looks_ahead` is for the desk: they have the photos that everybody will see once the page is published.
    """
    load_running_order(event)
    return entries_loaded(event, looks_ahead=looks_ahead)


def entries_loaded(event: Event, *, looks_ahead: bool = False) -> tuple[Listed, ...]:
    """The same of a running order that is loaded already, in one statement at most."""
    funded = _funded(event)
    return tuple(_entry(event, slot, funded, looks_ahead) for slot in event.running_order)


def entry_of(event: Event, slot: Slot) -> Listed:
    """One of them."""
    return _entry(event, slot, _funded(event), looks_ahead=False)


def _funded(event: Event) -> frozenset[str] | None:
    """The references of the bids that get money; None before everybody may know."""
    outcome = outcome_of(event) if event.is_public else None
    return frozenset(outcome.funded) if outcome else None


def _entry(event: Event, slot: Slot, funded: frozenset[str] | None, looks_ahead: bool) -> Listed:
    bid = slot.bid
    is_shown = looks_ahead or shows_photos(event)
    has_photo = bid.photo is not None and bid.state is BidState.SHORTLISTED and is_shown
    return Listed(slot.number, bid, bid.ask_of(event.share.locality_id), _ending(bid, funded), has_photo)


def _ending(bid: Bid, funded: frozenset[str] | None) -> Ending | None:
    if funded is not None and bid.reference in funded:
        return Ending.FUNDED
    if bid.state in TAKEN_OUT:
        return Ending.TAKEN_OUT
    return None if funded is None else Ending.NOT_FUNDED


def missing_words(entries: Sequence[Listed]) -> dict[str, list[Listed]]:
    """The bids without a title, a summary or the photo's words in each language other than English."""
    missing: dict[str, list[Listed]] = {language: [] for language in OTHER_LANGUAGES}
    for entry in entries:
        for language, without in missing.items():
            if entry.words(language).is_partly_english:
                without.append(entry)
    return missing
