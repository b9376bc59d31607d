"""Members introduced to funded groups, one of them away, and a group that asks for another."""

import datetime as dt

from pbvote.access import Role
from pbvote.core.clock import today
from pbvote.demonstration.pictures import PORTRAIT
from pbvote.files.pictures import read_photo
from pbvote.grants.mentors.absences import NewAbsence, go_away
from pbvote.grants.mentors.cards import write_card
from pbvote.grants.mentors.photos import put_photo
from pbvote.grants.mentors.service import ask_for_another, set_mentor
from pbvote.grants.visits.service import funded_groups_of
from pbvote.localities.models import Locality
from pbvote.people.models import Account
from pbvote.people.service import add_account, grant_role


def introduce_members(locality: Locality, member: Account) -> None:
    """The member and a second one write about themselves; two groups are handed over, and one asks for another mentor.

    The second is away today, and the first covers.
    """
    second = add_account("Ruth Adeyemi", "ruth@partnership.example")
    grant_role(second, Role.LP_MEMBER, locality.id)
    words = "I have run the tool library for ten years, and I like to come by on Saturdays."
    write_card(member, words, "0161 496 0111", locality.wards[0].id)
    put_photo(member, read_photo(PORTRAIT.drawn(), "me.png"))
    write_card(second, "I keep the books of a food bank. Ring me in the evening.", "0161 496 0122", None)
    mine = funded_groups_of(member)
    for funded in mine[-2:]:
        set_mentor(funded.award, second, visit_by=funded.due_on)
    ask_for_another(mine[2].award)
    go_away(second, NewAbsence(today(), today() + dt.timedelta(days=10), member))
