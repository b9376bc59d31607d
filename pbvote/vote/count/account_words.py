"""The code account in words, for the page and for the sheet that is signed."""

from collections.abc import Mapping, Sequence

from pbvote.vote.count.account import AccountMissing
from pbvote.vote.count.code_account import CodeAccount
from pbvote.vote.count.sealing import seal_words
from pbvote.vote.count.sheet import account_sheet
from pbvote.vote.door.helping import HELP_KINDS
from pbvote.vote.door.models import HelpKind
from pbvote.vote.events.models import Event

SIGNERS = ("Organiser", "Second organiser, or witness")

Section = tuple[str, Sequence[tuple[str, str]]]


def sections_of(account: CodeAccount) -> list[Section]:
    """The account's numbers under headings; what was counted by hand only once it is."""
    slips = {
        "Printed": account.printed,
        "Can vote": account.live,
        "Void": account.void,
        "In sealed envelopes": account.spare,
        "For a rehearsal": account.test,
    }
    by_hand = {
        "Left over from open envelopes": account.left_over,
        "Handed out": account.handed_out,
        "People counted at the door": account.door_count,
    }
    votes = {
        "Slips that voted": account.voted,
        "of these: on paper": account.on_paper,
        "Paper ballots that are spoilt": account.spoilt,
        "Two different votes: paper counts": account.decided_for_paper,
        "Two different votes: phone counts": account.decided_for_phone,
        "Ballots of void slips, which do not count": account.left_out,
        "Lost and replaced (original not found)": account.replaced,
    }
    helped = {HELP_KINDS[HelpKind(kind)]: times for kind, times in account.help_given.items()}
    found: list[tuple[str, Mapping[str, int | None]]] = [
        ("Slips", slips),
        ("Counted by hand", by_hand if account.left_over is not None else {}),
        ("Votes", votes),
        ("Help given by stewards", helped),
    ]
    return [(heading, [(what, str(number)) for what, number in rows.items()]) for heading, rows in found if rows]


def account_to_sign(event: Event, account: CodeAccount) -> bytes:
    """The account as a PDF with lines to sign. Raises `AccountMissing` before somebody has counted by hand."""
    if account.left_over is None:
        raise AccountMissing
    why = ": ".join(words for words in (account.reason_in_words, account.note) if words)
    notes = [*account.mismatches, *([why] if why else [])]
    return account_sheet(event, sections_of(account), notes, SIGNERS, seal_words=" ".join(seal_words(event)))
