"""The bids of a ballot paper as they are drawn: while nothing is marked, the same for everybody in one language."""

from collections.abc import Sequence

from flask import get_template_attribute
from markupsafe import Markup

from pbvote.filters import language
from pbvote.remembering import remembered
from pbvote.vote.casting.forms import BallotForm


def drawn_bids(form: BallotForm, errors: Sequence[tuple[int | None, str]] = (), opening: str | None = None) -> Markup:
    """The list of bids, each with what the voter marks.

    `opening` is the hash of the ledger's entry that opened the poll, which fixes all that an unmarked list says; None
    before that, when it is drawn each time.
    """

    def draw() -> Markup:
        drawn: Markup = get_template_attribute("vote/casting/bids.html", "bids_of")(form, errors)
        return drawn

    if opening is None or form.marks or errors:
        return draw()
    return remembered(("unmarked-bids", opening, language()), draw)
