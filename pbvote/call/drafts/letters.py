"""What the writers of drafts are written. Nothing here commits."""

import datetime as dt

from flask import current_app

from pbvote.addresses import draft_page
from pbvote.call.drafts.models import Draft
from pbvote.core.codes import in_groups
from pbvote.filters import day
from pbvote.mail.service import write_letter


def send_way_back(draft: Draft, code: str) -> None:
    """Send the link that leads back to the draft.

    The letter goes to whatever address somebody typed, so it holds none of what they wrote.
    """
    opening = f"Somebody has begun a bid in {draft.round.name} with your e-mail address. This link leads back to it:"
    ending = (
        "The bid is not sent yet. You can close the page and go on later, on any phone or computer. A second person of "
        "your group can use the same link."
    )
    stranger = "If you know nothing of this bid, do nothing: it does not count, and we delete it."
    _write(draft, f"Your bid in {draft.round.name}: the way back", code, opening, ending, stranger)


def warn_of_deletion(draft: Draft, code: str, last: dt.date) -> None:
    """Say that the draft will be deleted, with a new link to it."""
    opening = f"Your bid in {draft.round.name} was never sent. We delete the draft after {day(last)}. It is here:"
    ending = "Bids have closed. If you still want to bid, write to us. To keep your text, open the link and copy it."
    _write(draft, "Your unsent bid will be deleted", code, opening, ending)


def _write(draft: Draft, subject: str, code: str, opening: str, *endings: str) -> None:
    config, slug = current_app.config, draft.round.slug
    by_hand = f"If the link does not open, go to {draft_page(slug)} and type {in_groups(code)}"
    parts = (opening, draft_page(slug, in_groups(code)), by_hand, *endings, f"Questions: {config['CONTACT_EMAIL']}")
    write_letter(draft.email, subject, "\n\n".join((*parts, config["COUNCIL_NAME"])) + "\n")
