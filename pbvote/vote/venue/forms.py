"""What a phone sends with the test sheet, and an organiser's browser of its clock."""

import re
from typing import Final

from pbvote.fields import Form, TextField

_MILLISECONDS: Final = re.compile(r"\d{10,15}", re.ASCII)


def read_clock(sent: str) -> int | None:
    """The browser's time in milliseconds since 1970; None for anything else."""
    return int(sent) if _MILLISECONDS.fullmatch(sent) else None


class ScanForm(Form):
    """The code of the test sheet. It sets no cookie: a stranger's page could send no more than anybody can."""

    class Meta:
        csrf = False

    code = TextField("The code on the test sheet", required="Scan the test sheet, or type its code", autocomplete="off")
