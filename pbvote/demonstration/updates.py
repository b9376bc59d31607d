"""What the four partnerships of the demonstration have told everybody. Everything here is invented."""

import datetime as dt
from typing import Final, NamedTuple

from pbvote.core.clock import UK, now
from pbvote.db import db
from pbvote.demonstration.pictures import PICTURES, Picture
from pbvote.files.pictures import read_photo
from pbvote.localities.service import locality_called
from pbvote.partnership.updates.models import Update
from pbvote.partnership.updates.service import draft_update, give_update_photo, take_update_down
from pbvote.people.models import Account


class Announced(NamedTuple):
    """An update: how many days ago it came out, what it says, and the picture beside it."""

    days_ago: int
    heading: str
    words: str
    picture: Picture | None = None


_UPDATES: Final = {
    "old-trafford-stretford": (
        Announced(
            2,
            "Walk with us from the tram on Sunday",
            "We meet at the Old Trafford stop at 10am and walk to the water park: three miles, flat, with a café "
            "at the end.\n\nIt costs nothing. Dogs may come.",
            PICTURES["Walks that start at the tram"],
        ),
        Announced(
            11,
            "The alleys behind Ayres Road are green",
            "Limelight Gardeners put up forty pots on Saturday, and neighbours brought the plants.\n\n"
            "Come by on any Thursday evening: there is a watering can for you.",
        ),
        Announced(
            19,
            "Young people asked us about work, and we listened",
            "Thirty pupils came to Old Trafford Library and told employers what a first job should teach. Six firms "
            "have offered a week of work each.\n\nWe come back to it at our next meeting.",
        ),
        Announced(
            47,
            "Breakfast on Saturdays until Easter",
            "Bread and Roses opens its doors at 9am, every Saturday. Children eat free, and nobody asks why.",
        ),
    ),
    "sale": (
        Announced(
            9,
            "Bring your ideas for the town centre",
            "Shopkeepers, the council and residents walk through Sale town centre on the first Saturday of the month. "
            "We start at the Town Hall steps at 11am.",
        ),
    ),
    "south-trafford": (
        Announced(
            12,
            "Two generations, one kitchen",
            "Pupils and pensioners of Timperley cooked for each other for six weeks. Both sides want to go on.",
        ),
    ),
    "urmston-partington": (
        Announced(
            6,
            "The path round Davyhulme Park is marked",
            "Follow the green posts: one round is a mile, and there is a bench at each quarter.",
        ),
    ),
}
_TAKEN_DOWN: Final = Announced(33, "Who won the raffle", "A list of names.")
_WHY: Final = "It named people who had not been asked."
_DRAFT: Final = ("What we heard about cycling to school", "Forty families answered. The most named reason is speed.")


def tell_updates(organiser: Account) -> None:
    """Updates of each partnership, one that was taken down, and a draft."""
    for slug, told in _UPDATES.items():
        for one in told:
            _tell(slug, one, organiser)
    take_update_down(_tell("old-trafford-stretford", _TAKEN_DOWN, organiser), _WHY, organiser)
    locality = locality_called("old-trafford-stretford")
    if locality:
        draft_update(locality, *_DRAFT, organiser)


def _tell(slug: str, told: Announced, by: Account) -> Update:
    """An update that came out at 9am of its day."""
    locality = locality_called(slug)
    if locality is None:
        raise LookupError(f"the demonstration has no {slug}")
    update = draft_update(locality, told.heading, told.words, by)
    if told.picture:
        give_update_photo(update, read_photo(told.picture.drawn(), "update.png"), told.picture.shows, by)
    day = (now() - dt.timedelta(days=told.days_ago)).astimezone(UK)
    update.published_at = update.changed_at = day.replace(hour=9, minute=0, second=0, microsecond=0).astimezone(dt.UTC)
    db.session.flush()
    return update
