"""What officers and members are written about worries. Their words stay on the page: a letter travels further."""

import sqlalchemy as sa

from pbvote.addresses import funded_group_page, worry_page
from pbvote.call.bids.models import Bid
from pbvote.call.groups.models import Group
from pbvote.db import db
from pbvote.filters import day
from pbvote.grants.awards.models import Award
from pbvote.grants.visits.models import CheckIn, Worry
from pbvote.mail.service import write_letter
from pbvote.people.models import Account


def say_worried(worry: Worry, officer: Account) -> None:
    """Tell the officer that a member is worried, and by when the member is to be answered."""
    about, member = _names(worry)
    sentence = f"{member.name} is worried about {about}. Please answer by {day(worry.due_on)}."
    _tell(officer, f"A worry about {about}", sentence, worry_page(worry.id))


def say_given(worry: Worry, officer: Account) -> None:
    """Tell another officer that the worry is now theirs."""
    about, member = _names(worry)
    sentence = f"The worry of {member.name} about {about} is now yours. Please answer by {day(worry.due_on)}."
    _tell(officer, f"A worry about {about}", sentence, worry_page(worry.id))


def say_answered(worry: Worry, by: Account) -> None:
    """Tell the member that somebody has answered; not one whose account is suspended, who can't open the page."""
    about, member = _names(worry)
    if not member.is_disabled:
        sentence = f"{by.name} has answered your worry about {about}."
        _tell(member, f"Your worry about {about}", sentence, funded_group_page(worry.award_id))


def _names(worry: Worry) -> tuple[str, Account]:
    """What the group is called, and the member."""
    about = sa.func.coalesce(Group.name, Bid.title)
    wanted = sa.select(about, Account).select_from(CheckIn).join(Award, Award.id == CheckIn.award_id)
    wanted = wanted.join(Bid, Bid.id == Award.bid_id).outerjoin(Group, Group.id == Bid.group_id)
    wanted = wanted.join(Account, Account.id == CheckIn.account_id)
    name, member = db.session.execute(wanted.where(CheckIn.id == worry.check_in_id)).one()
    return str(name), member


def _tell(reader: Account, subject: str, sentence: str, page: str) -> None:
    write_letter(reader.email, subject, f"Dear {reader.name},\n\n{sentence}\n\nRead it here: {page}\n")
