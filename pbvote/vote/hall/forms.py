"""What organisers fill in on the day."""

from typing import Final

from pbvote.fields import Form, TextField

LONGEST_REASON: Final = 200


class WithdrawForm(Form):
    """Why a bid is withdrawn."""

    reason = TextField(
        "Who asked for it, and why?",
        hint="It stands beside the bid, where organisers and auditors read it.",
        required="Say who asked for it, and why",
        max_length=LONGEST_REASON,
    )
