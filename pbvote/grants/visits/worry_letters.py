"""What officers and members are written about worries. Their words stay on the page: a letter travels further."""

import sqlalchemy as sa

from pbvote.addresses import funded_group_page, worry_page
from pbvote.call.bids.models import CALLED, Bid
from pbvote.call.groups.models import Group
from pbvote.db import db
from pbvote.filters import day
from pbvote.grants.awards.models import Award
from pbvote.grants.mentors.letters import write_to
from pbvote.grants.visits.models import CheckIn, Worry
from pbvote.people.models import Account


def say_worried(worry: Worry, officer: Account) -> None:
    """Tell the officer that a member is worried, and by when the member is to be answered."""
    about, member = _names(worry)
    sentence = f"{member.name} is worried about {about}. Please answer by {day(worry.due_on)}."
    write_to(officer, f"A worry about {about}", (sentence,), worry_page(worry.id))


def say_given(worry: Worry, officer: Account) -> None:
    """Tell another officer that the worry is now theirs."""
    about, member = _names(worry)
    sentence = f"The worry of {member.name} about {about} is now yours. Please answer by {day(worry.due_on)}."
    write_to(officer, f"A worry about {about}", (sentence,), worry_page(worry.id))


def say_answered(worry: Worry, by: Account) -> None:
    """Tell the member that somebody has answered; not one whose account is suspended, who can't open the page."""
    about, member = _names(worry)
    sentence = f"{by.name} has answered your worry about {about}."
    write_to(member, f"Your worry about {about}", (sentence,), funded_group_page(worry.award_id))


def _names(worry: Worry) -> tuple[str, Account]:
    """What the group is called, and the member."""
    wanted = sa.select(CALLED, Account).select_from(CheckIn).join(Award, Award.id == CheckIn.award_id)
    wanted = wanted.join(Bid, Bid.id == Award.bid_id).outerjoin(Group, Group.id == Bid.group_id)
    wanted = wanted.join(Account, Account.id == CheckIn.account_id)
    name, member = db.session.execute(wanted.where(CheckIn.id == worry.check_in_id)).one()
    return str(name), member
