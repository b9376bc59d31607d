"""What a group accepted, on A4: to keep, and to show to its committee."""

from collections.abc import Sequence

from flask import current_app

from pbvote.core.money import format_money
from pbvote.filters import day, moment
from pbvote.grants.awards.models import Award
from pbvote.grants.promises.models import Acceptance, Promise
from pbvote.printing.document import blank_document
from pbvote.printing.flow import Flow


def paper_of(award: Award, acceptance: Acceptance, promises: Sequence[Promise]) -> bytes:
    """The PDF: the project, the promises, the terms as they were worded, and who accepted when."""
    pdf = blank_document(f"What {acceptance.group_name} accepted")
    flow = Flow(pdf)
    flow.heading("What you accepted", 22)
    flow.paragraph(f"{acceptance.group_name}: {acceptance.project}", 13, "latin-bold")
    for paragraph in filter(None, acceptance.promise.splitlines()):
        flow.paragraph(paragraph)
    flow.y += 3
    flow.row("Award", format_money(acceptance.award_pence, award.event.share.round.currency))
    flow.row("From", current_app.config["COUNCIL_NAME"])
    flow.row("Bid", f"{award.bid.reference}, {award.event.share.round.name}")
    flow.row("Last day of the project", day(acceptance.ends_on))
    flow.y += 4
    flow.heading("What will have happened")
    for promise in promises:
        # Whoever was given more time later had promised it by the last day.
        flow.row(promise.words, f"by {day(min(promise.due_on, acceptance.ends_on))}")
    flow.y += 4
    flow.heading("What you agreed to")
    for number, sentence in enumerate(acceptance.terms, start=1):
        flow.paragraph(sentence, mark=f"{number}.")
    flow.paragraph(f"These are the council’s terms, version {acceptance.terms_version}.", 9)
    flow.y += 4
    flow.heading("Who accepted")
    flow.row(f"{acceptance.name}, {acceptance.role}", moment(acceptance.accepted_at))
    if acceptance.confirmed_at:
        flow.row(f"{acceptance.second_name}", moment(acceptance.confirmed_at))
    elif acceptance.takes_two:
        flow.row(acceptance.second_name, "has not confirmed yet")
    if acceptance.safeguarding_lead:
        flow.row("Safeguarding lead", acceptance.safeguarding_lead)
    flow.number_pages(f"{award.bid.reference}: what was accepted")
    return bytes(pdf.output())
