"""The code account as a page shows it: the picture of its marks, what they mean, and the one sentence that says it."""

from collections.abc import Sequence
from dataclasses import dataclass

from pbvote.core.saying import ENGLISH, Speech
from pbvote.vote.count.code_account import CodeAccount
from pbvote.vote.count.dots import COLUMNS, LOOKS, PITCH, DotLook, Dots, sample_of
from pbvote.vote.paper_entry.pile import spoilt_said


@dataclass(frozen=True, slots=True)
class MarkShown:
    """One look of the picture: every mark of it, one as a sample, and its words."""

    look: DotLook
    path: str
    sample: str
    words: str


@dataclass(frozen=True, slots=True)
class AddingUp:
    """The picture of a code account. Width and height are in its own units; `scale` is "" where each has a mark.

    `spoilt` says what becomes of spoilt papers; "" where there are none.
    """

    sentence: str
    spoilt: str
    marks: Sequence[MarkShown]
    width: int
    height: int
    scale: str

    @classmethod
    def of(cls, account: CodeAccount, say: Speech = ENGLISH) -> "AddingUp":
        """The picture of an account, in the words of `say`."""
        dots = Dots.of(account)
        marks = [MarkShown(look, dots.path(look), sample_of(look), say.gettext(LOOKS[look])) for look in dots.looks]
        sentence, spoilt = sentence_of(account, say), spoilt_said(account.spoilt, say)
        return cls(sentence, spoilt, marks, COLUMNS * PITCH, dots.rows * PITCH, scale_of(dots, say))


def sentence_of(account: CodeAccount, say: Speech = ENGLISH) -> str:
    """Whether the slips add up, in one sentence; before somebody has counted by hand, as far as it is known."""
    opened, voted, paper = (say.number(number) for number in (account.live, account.voted, account.on_paper))
    if account.left_over is None or account.handed_out is None:
        return say.gettext(
            "%(opened)s opened; %(voted)s voted, %(paper)s of them on paper.",
            opened=opened,
            voted=voted,
            paper=paper,
        )
    whole = say.ngettext(
        "%(opened)s opened − %(left)s left over = %(handed_out)s handed out; %(voted)s voted, %(paper)s of them on"
        " paper; %(num)s voter came through the door.",
        "%(opened)s opened − %(left)s left over = %(handed_out)s handed out; %(voted)s voted, %(paper)s of them on"
        " paper; %(num)s voters came through the door.",
        account.door_count or 0,
        opened=opened,
        left=say.number(account.left_over),
        handed_out=say.number(account.handed_out),
        voted=voted,
        paper=paper,
    )
    if account.replaced:
        whole += " " + say.gettext("In place of lost slips: %(replaced)s.", replaced=say.number(account.replaced))
    return whole


def scale_of(dots: Dots, say: Speech = ENGLISH) -> str:
    """How many one mark of the picture stands for, in words; "" where that is one."""
    if dots.stands_for == 1:
        return ""
    return say.gettext("One mark stands for %(number)s.", number=say.number(dots.stands_for))
