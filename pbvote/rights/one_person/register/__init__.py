"""The register of what is held about people: every table of the database stands in it, or in `NOBODY`."""

from collections.abc import Sequence
from typing import Final

from pbvote.rights.one_person.register.accounts import ACCOUNTS
from pbvote.rights.one_person.register.call import CALL
from pbvote.rights.one_person.register.grants import GRANTS
from pbvote.rights.one_person.register.held import Held
from pbvote.rights.one_person.register.partnership import PARTNERSHIP
from pbvote.rights.one_person.register.vote import VOTE

REGISTER: Final[Sequence[Held]] = (*ACCOUNTS, *CALL, *GRANTS, *PARTNERSHIP, *VOTE)
"""In the order in which a page lists them. A later letter names the people of an earlier entry."""
