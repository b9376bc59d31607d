"""What happened to each bid and how close it came, in the sentences of a page."""

from pbvote.call.bids.models import Bid
from pbvote.core.money import format_money
from pbvote.tally import Closeness, Election, Outcome, explain_closeness, explain_sentences
from pbvote.tally.explain import Money
from pbvote.vote.events.models import Event
from pbvote.vote.results.speech import SPEECH, title_of


def sentences_of(event: Event, outcome: Outcome, election: Election, bids: dict[str, Bid]) -> dict[str, list[str]]:
    """For each bid's reference, what happened to it, and then why, as Markup. The election needs no ballots."""
    titles = {reference: title_of(bid) for reference, bid in bids.items()}
    return explain_sentences(outcome, election, event.share.count_rule, _money_of(event), SPEECH, titles)


def close_in_words(event: Event, close: Closeness, election: Election) -> str:
    """A closeness as Markup; "" where nothing would have funded the bid. The election needs no ballots."""
    return explain_closeness(close, election, _money_of(event), SPEECH)


def _money_of(event: Event) -> Money:
    currency = event.share.round.currency
    return lambda pence: format_money(pence, currency)
