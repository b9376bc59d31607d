"""The papers of one round in a zip, for a request under the Freedom of Information Act 2000. They name nobody."""

import io
import zipfile
from collections.abc import Sequence
from itertools import groupby
from typing import IO, Final

from flask import current_app

from pbvote.addresses import base_url
from pbvote.call.rounds.models import Round, Share
from pbvote.call.rounds.preview import sentences
from pbvote.core.clock import today
from pbvote.core.money import format_money
from pbvote.filters import day, moment
from pbvote.rights.one_person.hiding import Hiding, names_known
from pbvote.rights.one_round import rows
from pbvote.spreadsheets.tables import Column, Kind, Table, money_column
from pbvote.spreadsheets.writing import write_csv
from pbvote.vote.events.models import Event

ANSWERED_IN: Final = 20
"""Working days: section 10 of the Act."""
FILES: Final = {
    "round.txt": "The round in plain English: its money and the rules of each locality, as they stand.",
    "bids.csv": "Every bid: what it asks of each locality, how it came and how far it is.",
    "history.csv": "What happened to each bid and each award, with the reason.",
    "decisions.csv": "Every decision about a bid that its group has heard of, with the reason.",
    "awards.csv": "Every award, who decided, when, why, and which interests were declared.",
    "payments.csv": "Every payment, and all money that came back.",
    "monitoring.csv": "How each award was looked after, in numbers: visits, promises, what the report counts.",
    "ledgers/": "Every act on each poll whose result is public, chained, as it is published.",
}
"""The files of the bundle, each in a sentence."""
LEFT_OUT: Final = {
    "Names, addresses and telephone numbers": "Personal data (section 40). Texts say “[somebody else]” in their place.",
    "Groups and words of bids that residents have not voted on": "Groups bid in confidence (sections 41, 43).",
    "Results that are not published yet, and awards that a group has not heard of": "They will be (section 22).",
    "What single ballots say": "Nobody can say whose they are, and they are told only as each event fixed it.",
    "What members write after visits, reports and documents": "They speak of people. Somebody must read them first.",
}
"""What is not in the bundle, each with why."""


def write_papers(shares: Sequence[tuple[Share, Event | None]], file: IO[bytes]) -> None:
    """Write the bundle into a file, a row at a time."""
    round_, hide = shares[0][0].round, Hiding(names_known())
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _index(round_, shares))
        archive.writestr("round.txt", _in_plain_english(round_, shares))
        for name, table in _tables(round_, hide):
            with archive.open(name, "w", force_zip64=True) as member:
                write_csv(table, member)
        lines = rows.ledger_lines(event for _, event in shares if event)
        for event, some in groupby(lines, key=lambda line: line[0]):
            with archive.open(f"ledgers/{event.slug}.jsonl", "w", force_zip64=True) as member:
                for _, line in some:
                    member.write(line.encode())


def _tables(round_: Round, hide: Hiding) -> Sequence[tuple[str, Table]]:
    money, bid = round_.currency, Column("Bid", width=10)
    why = Column("Why", Kind.LONG, 50)
    return (
        ("bids.csv", Table("Bids", (
            bid, Column("State"), Column("Received", Kind.DAY), Column("Came by"), Column("Locality"),
            money_column("Asked", money), Column("Public", Kind.YES_NO), Column("Group"), Column("Project"),
            Column("Summary", Kind.LONG), Column("Who benefits", Kind.LONG)), rows.bid_rows(round_, hide))),
        ("history.csv", Table("History", (
            bid, Column("Of"), Column("On", Kind.DAY), Column("State"), why), rows.history_rows(round_, hide))),
        ("decisions.csv", Table("Decisions", (
            bid, Column("Decision"), Column("Told", Kind.DAY), why, Column("Advice", Kind.LONG)),
            rows.decision_rows(round_, hide))),
        ("awards.csv", Table("Awards", (
            bid, Column("Group"), Column("Event"), money_column("Awarded", money), Column("State"),
            Column("Until", Kind.DAY), Column("Decided", Kind.DAY), Column("Decided by"), why,
            Column("Alternatives", Kind.LONG), Column("Interests declared", Kind.LONG),
            Column("Why it is free again", Kind.LONG)), rows.award_rows(round_, hide))),
        ("payments.csv", Table("Payments", (
            bid, Column("What"), Column("Number", Kind.WHOLE), money_column("Amount", money), Column("State"),
            Column("On", Kind.DAY), why), rows.money_rows(round_, hide))),
        ("monitoring.csv", Table("Monitoring", (
            bid, Column("Check-ins", Kind.WHOLE), Column("Last check-in", Kind.DAY), Column("Promises", Kind.WHOLE),
            Column("Promises kept", Kind.WHOLE), Column("Report sent", Kind.DAY), Column("People", Kind.WHOLE),
            money_column("Spent", money), money_column("Left", money)), rows.monitoring_rows(round_))),
    )  # fmt: skip


def _in_plain_english(round_: Round, shares: Sequence[tuple[Share, Event | None]]) -> str:
    said = [f"{round_.name}\nThe pot: {format_money(round_.pot_pence, round_.currency)}\n"]
    for share, event in shares:
        said.append(f"\n{share.locality.name}\n")
        said += [f"{heading}: {sentence}\n" for heading, sentence in sentences(share)]
        if event:
            said.append(f"The day: {event.name}, {moment(event.starts_at)}, {event.place}\n")
    return "".join(said)


def _index(round_: Round, shares: Sequence[tuple[Share, Event | None]]) -> str:
    text = io.StringIO()
    text.write(f"{round_.name}\n{current_app.config['COUNCIL_NAME']}, as of {day(today())}\n\nWhat is in here\n")
    for name, sentence in FILES.items():
        text.write(f"  {name}: {sentence}\n")
    text.write("\nWhat was left out, and why\n")
    for what, reason in LEFT_OUT.items():
        text.write(f"  {what}: {reason}\n")
    text.write("\nThe count of each event whose result is public, with a program that counts it again\n")
    for _, event in shares:
        if event:
            place = f"{base_url()}/results/{event.slug}/bundle.zip" if event.is_public else "not published yet"
            text.write(f"  {event.name}: {place}\n")
    text.write(
        f"\nCSV files open in any spreadsheet. Bids are called by their reference, as on {base_url()}.\n"
        "Not content? Ask the council to look again, and then the Information Commissioner, ico.org.uk.\n"
    )
    return text.getvalue()
