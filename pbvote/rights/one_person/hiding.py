"""Other people's names, addresses and numbers taken out of texts that are given to somebody."""

import re
from collections.abc import Callable, Iterable
from typing import Final

import sqlalchemy as sa

from pbvote.call.groups.models import Group
from pbvote.core.contacts import replace_contacts
from pbvote.db import db
from pbvote.grants.promises.models import Acceptance
from pbvote.partnership.members.models import PartnershipMember
from pbvote.people.models import Account
from pbvote.vote.acts.models import Witness
from pbvote.vote.residents.models import Volunteer

SOMEBODY_ELSE: Final = "[somebody else]"
_WORD: Final = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
_NAMED: Final = (
    Account.name,
    PartnershipMember.name,
    Acceptance.name,
    Acceptance.second_name,
    Acceptance.safeguarding_lead,
    Group.contact_by_post,
    Witness.name,
    Volunteer.name,
)
"""Where somebody's name is known. A telephone number may stand behind it, after a comma."""


def names_known() -> set[str]:
    """Everybody's name of two words and more, in one statement. One word alone would be found in any text."""
    found = db.session.scalars(sa.union(*(sa.select(column) for column in _NAMED)))
    names = {" ".join(text.partition(",")[0].split()) for text in found if text}
    return {name for name in names if " " in name}


class Hiding:
    """Takes people out of texts. Names are looked up by their first word, so that there may be thousands of them."""

    def __init__(self, names: Iterable[str], keeps: Callable[[str], bool] = lambda _: False) -> None:
        self._keeps = keeps
        self._names: dict[str, list[str]] = {}
        for name in sorted(names, key=len, reverse=True):
            first = _WORD.match(name)
            if first and not keeps(name):
                self._names.setdefault(first[0].casefold(), []).append(name.casefold())

    def __call__(self, text: str, *others: str) -> str:
        """The text with somebody else in the place of each; `others` are taken out of this one too."""
        text = replace_contacts(text, lambda found: found if self._keeps(found) else SOMEBODY_ELSE)
        for other in others:
            text = text.replace(other, SOMEBODY_ELSE)
        parts, at = [], 0
        for word in _WORD.finditer(text):
            if word.start() < at:
                continue
            for name in self._names.get(word[0].casefold(), ()):
                end = word.start() + len(name)
                is_whole = not text[end : end + 1].isalnum()
                if is_whole and text[word.start() : end].casefold() == name:
                    parts += [text[at : word.start()], SOMEBODY_ELSE]
                    at = end
                    break
        return "".join((*parts, text[at:]))
