"""What the demonstration's funded groups agreed to show in public."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from pbvote.call.bids.models import Bid
from pbvote.call.groups.models import Group
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.files.models import Photo, StoredFile
from pbvote.grants.awards.models import Award
from pbvote.grants.directory.listing import story_digest
from pbvote.grants.directory.models import Listing
from pbvote.grants.directory.themes import Theme
from pbvote.grants.directory.visible import may_be_listed
from pbvote.grants.mentors.naming import agree_to_be_named
from pbvote.grants.reports.models import Report
from pbvote.people.models import Account


class _Said(NamedTuple):
    sentence: str
    theme: Theme
    district: str = ""
    website: str = ""
    tells_story: bool = False
    names_mentor: bool = False


_SAID: Mapping[str, _Said] = {
    "Stretford Homework Club": _Said(
        "We give pupils a quiet table, a tutor and a snack, four evenings a week.", Theme.SKILLS, "M32"
    ),
    "Longford Young Cooks": _Said(
        "Teenagers cook a meal for their street each month.", Theme.FOOD, "M32", "", True, True
    ),
    "Clifford Coders": _Said(
        "Young people build websites for shops, and are paid for it.",
        Theme.SKILLS,
        "M16",
        "https://coders.example",
        True,
        True,
    ),
    "Old Trafford Women’s Kitchen": _Said("We teach each other to cook, and sell the book.", Theme.FOOD, "M16"),
    "Limelight Gardeners": _Said("We put pots and paint into alleyways.", Theme.GREEN, "M16", "", False, True),
    "Stretford Steel Band": _Said("We teach steel pans on Saturdays, from the age of seven.", Theme.ARTS),
    "Bread and Roses": _Said("We make breakfast for children who come without one.", Theme.FOOD, "M32", "", True),
    "Longford Park Runners": _Said("We turn people who sit into people who run.", Theme.SPORT, "", "", True),
    "Moss Vale Neighbours": _Said("We look after the alley behind eighteen houses.", Theme.STREETS, "M41", "", False),
    "Flixton Footpath Friends": _Said("We keep the path from the station clean and light.", Theme.STREETS, "M41"),
    "Ashton Lane Friends": _Said("We open the park lodge for tea on Thursdays.", Theme.TOGETHER, "M33"),
    "Sale Moor Sewing Room": _Said("We mend clothes together, and show how.", Theme.SKILLS, "M33"),
    "Timperley Tuesday Club": _Said("A film after lunch for people who live alone.", Theme.TOGETHER, "WA15"),
    "Broadheath Repair Table": _Said("We mend lamps and toasters on Saturdays.", Theme.GREEN, "WA14"),
}
_BY_HOW_MANY_DAYS: int = 20
"""Since the first of them agreed, and then another day for each."""


def list_groups(member: Account) -> None:
    """Let most funded groups stand in the directory, one of them with a photo; their mentor agrees to be named."""
    agree_to_be_named(member)
    wanted = sa.select(Award.id, Group.name, Bid.ward_id, Report.happened, Report.answered_at, StoredFile.digest)
    wanted = wanted.join(Bid, Bid.id == Award.bid_id).join(Group, Group.id == Bid.group_id)
    wanted = wanted.outerjoin(Report, Report.award_id == Award.id).outerjoin(Photo, Photo.id == Report.photo_id)
    wanted = wanted.outerjoin(StoredFile, StoredFile.id == Photo.large_id)
    wanted = wanted.where(Group.name.in_(_SAID), may_be_listed()).order_by(Award.id)
    rows = [_row(found, number, member) for number, found in enumerate(db.session.execute(wanted))]
    db.session.execute(sa.insert(Listing), rows)


def _row(found: sa.Row[*tuple[Any, ...]], number: int, by: Account) -> dict[str, Any]:
    said, on = _SAID[found.name], today() - dt.timedelta(days=_BY_HOW_MANY_DAYS - number)
    tells = said.tells_story and found.answered_at is not None
    return {
        "award_id": found.id,
        "sentence": said.sentence,
        "theme": said.theme,
        "ward_id": found.ward_id,
        "district": said.district,
        "website": said.website,
        "agreed_on": on,
        "agreed_by_id": by.id,
        "photo_digest": found.digest or "",
        "photo_text": "Two children and a grown-up read together." if found.digest else "",
        "photo_agreed_on": on if found.digest else None,
        "story_digest": story_digest(found.happened) if tells else "",
        "story_agreed_on": on if tells else None,
        "needs_agreed_on": on,
        "mentor_agreed_on": on if said.names_mentor else None,
    }
