"""Every door of the house, wing by wing: what the app opens."""

from pbvote.call import doors as call
from pbvote.grants import doors as grants
from pbvote.home import account as home_account
from pbvote.home import desk as home_desk
from pbvote.home import member as home_member
from pbvote.home import public as home_public
from pbvote.partnership import doors as partnership
from pbvote.people import account as phones_account
from pbvote.people import desk as people_desk
from pbvote.people import public as people_public
from pbvote.public_account import doors as public_account
from pbvote.rights import doors as rights
from pbvote.vote import doors as vote

DOORS = (
    people_public,
    people_desk,
    phones_account,
    *call.DOORS,
    *vote.DOORS,
    *grants.DOORS,
    *partnership.DOORS,
    *public_account.DOORS,
    *rights.DOORS,
    home_public,
    home_account,
    home_desk,
    home_member,
)
