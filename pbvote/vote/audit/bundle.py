"""The audit bundle: one zip file with all that is published of an event, and `recount.py`, which recounts it.

Each digest in the ledger is of a file just as it stands here. The same event always gives the same bytes.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from pbvote.core.clock import UK
from pbvote.core.hashes import canonical
from pbvote.core.words import word_list, words_of
from pbvote.db import db
from pbvote.remembering import remembered
from pbvote.tally import Election, Outcome
from pbvote.tally.pabulib import write_pabulib
from pbvote.vote.count.models import Seal
from pbvote.vote.count.outcome import election_with, outcome_of, totals_of
from pbvote.vote.count.published import RECOUNT, Shown, ballot_lines, code_lines, election_text, marks_of, salt_for
from pbvote.vote.count.sealing import CountSealed
from pbvote.vote.count.study import study_of
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.models import LedgerEntry
from pbvote.vote.ledger.service import as_published, entries_of, last_entry, last_record
from pbvote.vote.results.service import ResultPublished

ENCLOSED = RECOUNT.parent
"""`recount.py` and `README.txt`, put into every bundle as they are. Nothing of ours imports what lies there."""

PABULIB = "votes.pb"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can tell
_COUNTRY = "United Kingdom"


def bundle_of(event: Event) -> bytes | None:
    """The event's bundle, a zip file; None where it is not published, or was never sealed here (an imported one)."""
    seal, published = db.session.get(Seal, event.id), last_record(event, ResultPublished)
    if seal is None or published is None:
        return None
    # What was shown at the publication is shown for good, whatever the share's settings say now.
    return _zipped(dict(_files(event, seal, Shown(published.shown))))


def published_bundle(event: Event) -> bytes | None:
    """The event's bundle as this app remembers it: a published event never changes. None as for `bundle_of`."""
    entry = last_entry(event, ResultPublished)
    return _remembered(event, entry) if entry else None


def published_ballots(event: Event) -> str | None:
    """The `.pb` file in that bundle; None where whole ballots are not published, or nothing is."""
    entry = last_entry(event, ResultPublished)
    record = entry.record if entry else None
    if entry is None or not isinstance(record, ResultPublished) or record.shown != Shown.BALLOTS:
        return None
    bundle = _remembered(event, entry)
    if bundle is None:
        return None
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        return archive.read(PABULIB).decode()


def _remembered(event: Event, entry: LedgerEntry) -> bytes | None:
    return remembered(("bundle", entry.hash), lambda: bundle_of(event), is_heavy=True)


def _zipped(files: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode(), zipfile.ZIP_DEFLATED, 9)
    return stream.getvalue()


def _files(event: Event, seal: Seal, shown: Shown) -> Iterator[tuple[str, str]]:
    """Each file's name and text."""
    totals, outcome = dict(totals_of(event)), outcome_of(event)
    election = election_with(event, totals.items())
    entries = entries_of(event)
    yield "election.json", canonical(election_text(event, election))
    yield "account.json", canonical(seal.account.to_dict())
    yield "check-numbers.txt", "".join(f"{number}\n" for number in seal.check_numbers)
    yield "codes.txt", "".join(code_lines(event))
    yield "ledger.jsonl", "".join(f"{canonical(as_published(event, entry))}\n" for entry in entries)
    yield "seal.txt", "".join(_seal_text(entry.hash) for entry in entries if entry.type == CountSealed.type)
    yield "words.txt", "".join(f"{word}\n" for word in word_list())
    for file in ENCLOSED.iterdir():
        if file.suffix in {".py", ".txt"}:
            yield file.name, file.read_text(encoding="utf-8")
    if outcome:
        study = study_of(event)
        found = {"margin": asdict(study.margin)} if study and study.margin and shown is not Shown.AWARDS else {}
        yield "outcome.json", canonical(outcome_text(outcome, election, shown) | found)
    if shown is not Shown.AWARDS:
        yield "salt.txt", f"{salt_for(shown, seal.salt)}\n"
    if shown is Shown.MARKS:
        yield "marks.json", canonical(marks_of(election))
    if shown is Shown.BALLOTS:
        yield "ballots.tsv", "".join(ballot_lines(totals))
        yield PABULIB, _pabulib(event, election, outcome)


def _seal_text(seal: str) -> str:
    return f"{seal}\n{' '.join(words_of(seal))}\n"


def outcome_text(outcome: Outcome, election: Election, shown: Shown) -> dict[str, Any]:
    """The outcome as it is published: `funded` in the order of funding, and what became of each bid.

    Where the awards alone are shown, it says which bids are funded, in the order of the ballot paper: any more would
    tell how somebody voted.
    """
    if shown is Shown.AWARDS:
        return {"funded": [bid.ref for bid in election.bids if bid.ref in outcome.funded]}
    steps = {step.ref: step for step in outcome.steps}
    return {
        "funded": list(outcome.funded),
        "spent": outcome.spent,
        "left": outcome.left,
        "endowment": outcome.endowment,
        "bids": [
            {"ref": bid.ref, "verdict": steps[bid.ref].verdict.value, "total": steps[bid.ref].total}
            for bid in election.bids
        ],
    }


def _pabulib(event: Event, election: Election, outcome: Outcome | None) -> str:
    """The vote as a `.pb` file for Pabulib, the public library of such elections."""
    share = event.share
    first, last = (moment.astimezone(UK).strftime("%d.%m.%Y") for moment in (event.began_at, event.ended_at))
    meta = {
        "description": f"{share.round.name}: {event.name}",
        "country": _COUNTRY,
        "unit": share.locality.name,
        "instance": share.round.name,
        "date_begin": first,
        "date_end": last,
        "currency": share.round.currency,
        "language": "en",
    }
    stream = io.StringIO()
    write_pabulib(stream, election, meta=meta, rule=share.count_rule, outcome=outcome)
    return stream.getvalue()
