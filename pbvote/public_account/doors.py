"""The doors of the public account: every blueprint of this wing."""

from types import ModuleType

from pbvote.public_account.api import explained_public as api_explained
from pbvote.public_account.api import public as api_public
from pbvote.public_account.boards import desk as boards_desk
from pbvote.public_account.boards import public as boards_public
from pbvote.public_account.giving import desk as giving_desk
from pbvote.public_account.giving import public as giving_public
from pbvote.public_account.numbers import public as numbers_public
from pbvote.public_account.open_data import public as open_data_public
from pbvote.public_account.outlines import desk as outlines_desk
from pbvote.public_account.outlines import public as outlines_public
from pbvote.public_account.register import public as register_public
from pbvote.public_account.spending import public as spending_public

DOORS: tuple[ModuleType, ...] = (
    spending_public,
    outlines_public,
    outlines_desk,
    register_public,
    giving_public,
    giving_desk,
    open_data_public,
    api_public,
    api_explained,
    numbers_public,
    boards_public,
    boards_desk,
)
