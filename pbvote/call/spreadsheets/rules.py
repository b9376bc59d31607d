"""What is wrong with a bid that a sheet brings, as sentences beside the columns that they are about."""

from collections.abc import Iterator, Set

from pbvote.call.bids.models import Bid, BidState
from pbvote.call.rounds.models import Share
from pbvote.call.rounds.service import over_the_cap
from pbvote.call.spreadsheets import columns as c
from pbvote.call.spreadsheets.columns import Frame
from pbvote.call.spreadsheets.sheet_bids import SheetBid
from pbvote.core.money import format_money

Wrong = tuple[str, str]
"""The name of a column, and a sentence."""


def wrong_with(said: SheetBid, touched: Set[str], frame: Frame) -> Iterator[Wrong]:
    """What can't stand of the columns that a sheet changes: all of them, for a new bid."""
    yield from _words(said, touched)
    yield from _asks(said, touched, frame)
    asks_or_lines = {column.name for pair in frame.pairs for column in pair} | _ask_names(frame)
    if touched & asks_or_lines:
        yield from _budget(said, frame)


def _ask_names(frame: Frame) -> set[str]:
    return {column.name for column in frame.asks.values()}


def _words(said: SheetBid, touched: Set[str]) -> Iterator[Wrong]:
    given = {
        c.GROUP: said.group_name,
        c.CONTACT: said.contact_name,
        c.EMAIL: said.email,
        c.PROJECT: said.title,
        c.SUMMARY: said.summary,
    }
    for column in c.REQUIRED:
        if column.name in touched and not given[column]:
            yield column.name, "This can’t be empty"
    for column, text in ((c.SUMMARY, said.summary), (c.BENEFITS, said.who_benefits)):
        if column.name in touched and len(text.split()) > c.MOST_WORDS:
            yield column.name, f"Use {c.MOST_WORDS} words or fewer. These are {len(text.split()):,}"


def _asks(said: SheetBid, touched: Set[str], frame: Frame) -> Iterator[Wrong]:
    for share in frame.round.shares:
        column = frame.asks[share.locality_id]
        if column.name in touched and (pence := said.asks.get(share.locality_id)) is not None:
            yield from ((column.name, sentence) for sentence in _about_ask(pence, share, frame.round.currency))
    if touched & _ask_names(frame) and (too_much := over_the_cap(frame.round, said.ask_pence, who="They")):
        yield next(iter(frame.asks.values())).name, too_much
    if touched & _ask_names(frame) and not said.asks:
        yield next(iter(frame.asks.values())).name, "Enter how much they ask for"


def _about_ask(pence: int, share: Share, currency: str) -> Iterator[str]:
    if share.has_opened:
        yield f"Voting has opened in {share.locality.name}, so nobody can ask it for money any more"
    if pence < 0:
        yield "The amount must not be less than zero"
    if pence > share.cap_pence:
        yield f"A bid may ask {share.locality.name} for up to {format_money(share.cap_pence, currency)}"


def _budget(said: SheetBid, frame: Frame) -> Iterator[Wrong]:
    """Each line has both its parts, and together they are what is asked for."""
    for (what, pence), columns in zip(said.lines, frame.pairs, strict=False):
        if not what:
            yield columns[0].name, "Say what this amount is for"
        if pence is None or pence <= 0:
            yield columns[1].name, "Enter the amount"
    asked, currency = said.ask_pence, frame.round.currency
    budgeted = sum(pence or 0 for _, pence in said.lines)
    if said.lines and budgeted != asked:
        sums = format_money(budgeted, currency), format_money(asked, currency)
        yield frame.pairs[0][1].name, "The budget adds up to {}, but they ask for {}".format(*sums)
    elif not said.lines and asked > frame.round.budget_from_pence:
        least = format_money(frame.round.budget_from_pence, currency)
        yield frame.pairs[0][0].name, f"A bid for more than {least} says what the money would buy"


def wrong_with_change(bid: Bid, said: SheetBid, touched: Set[str], frame: Frame) -> Iterator[Wrong]:
    """Why this bid can't change so, whatever the new words are."""
    for column in c.KEPT:
        if column.name in touched:
            yield column.name, f"A sheet can’t change this. Change it on the page of {bid.reference}"
    if not bid.is_standing:
        yield c.NUMBER.name, f"{bid.reference} is {bid.state.value}, so it stays as it is"
    asked = {ask.locality_id for ask in bid.asks}
    opened = [share.locality.name for share in frame.round.shares if share.has_opened and share.locality_id in asked]
    if opened:
        yield c.NUMBER.name, f"Voting has opened in {' and '.join(opened)}, so {bid.reference} stays as it is"
    if bid.state is BidState.SHORTLISTED and asked != set(said.asks):
        names = sorted(frame.asks[id_].name for id_ in asked ^ set(said.asks) if id_ in frame.asks)
        yield names[0], f"{bid.reference} is on the shortlist, so it keeps the localities that it asks"
