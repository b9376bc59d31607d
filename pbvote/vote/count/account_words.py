"""The code account in words, for the page and for the sheet that is signed."""

from collections.abc import Mapping

from pbvote.core.saying import ENGLISH, N_, Speech
from pbvote.vote.count.account import AccountMissing
from pbvote.vote.count.code_account import CodeAccount
from pbvote.vote.count.dots import Dots
from pbvote.vote.count.picture import sentence_of
from pbvote.vote.count.sealing import seal_words
from pbvote.vote.count.sheet import Section, Signed, account_sheet
from pbvote.vote.door.helping import HELP_KINDS
from pbvote.vote.door.models import HelpKind
from pbvote.vote.events.models import Event
from pbvote.vote.paper_entry.pile import spoilt_said

SIGNERS = ("Organiser", "Second organiser, or witness")


def sections_of(account: CodeAccount, say: Speech = ENGLISH) -> list[Section]:
    """The account's numbers under headings; what was counted by hand only once it is."""
    slips = {
        N_("Printed"): account.printed,
        N_("Can vote"): account.live,
        N_("Void"): account.void,
        N_("In sealed envelopes"): account.spare,
        N_("For a rehearsal"): account.test,
    }
    by_hand = {
        N_("Left over from open envelopes"): account.left_over,
        N_("Handed out"): account.handed_out,
        N_("Voters who came through the door"): account.door_count,
    }
    votes = {
        N_("Slips that voted"): account.voted,
        N_("of these: on paper"): account.on_paper,
        N_("Paper ballots that are spoilt"): account.spoilt,
        N_("Two different votes: paper counts"): account.decided_for_paper,
        N_("Two different votes: phone counts"): account.decided_for_phone,
        N_("Ballots of void slips, which do not count"): account.left_out,
        N_("Lost and replaced (original not found)"): account.replaced,
    }
    helped = {HELP_KINDS[HelpKind(kind)]: times for kind, times in account.help_given.items()}
    found: list[tuple[str, Mapping[str, int | None]]] = [
        (N_("Slips"), slips),
        (N_("Counted by hand"), by_hand if account.left_over is not None else {}),
        (N_("Votes"), votes),
        (N_("Help given by stewards"), helped),
    ]
    return [
        (say.gettext(heading), [(say.gettext(what), str(number)) for what, number in rows.items()])
        for heading, rows in found
        if rows
    ]


def account_to_sign(event: Event, account: CodeAccount) -> bytes:
    """The account as a PDF with lines to sign. Raises `AccountMissing` before somebody has counted by hand."""
    if account.left_over is None:
        raise AccountMissing
    why = ": ".join(words for words in (account.reason_in_words, account.note) if words)
    notes = [*account.mismatches, *([why] if why else [])]
    words, spoilt = " ".join(seal_words(event)), spoilt_said(account.spoilt)
    signed = Signed(sentence_of(account), sections_of(account), notes, SIGNERS, words, spoilt)
    return account_sheet(event, Dots.of(account), signed)
