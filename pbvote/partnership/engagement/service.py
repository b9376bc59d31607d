"""Write an engagement plan, order it, look at it again. Nothing here commits."""

from typing import Final

import sqlalchemy as sa

from pbvote.core.clock import today
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.localities.models import Locality
from pbvote.partnership.engagement.models import EngagementText
from pbvote.partnership.ordering import move_by_one
from pbvote.partnership.seen import save_over
from pbvote.people.models import Account

MOST_TEXTS: Final = 20
USUAL_TEXTS: Final = {
    "Where you can meet us": (
        "We meet in public, and the agenda is out five working days before. Anyone may come and ask.\n\n"
        "Between meetings we go to events that are held anyway: fairs, open days, the market."
    ),
    "How we tell you": (
        "What we decide is on our page, and what we do about it. We ask the library and the health centre to put up "
        "our posters. Groups pass our news on to their members."
    ),
    "Who talks to whom": (
        "Each funded group has a member of the partnership who stays with it. Councillors speak with their wards. The "
        "Community Ambassadors bring in those whom nobody has asked yet."
    ),
}
"""A beginning that is true of most partnerships, to be put into its own words."""


class PlanHasTexts(Refusal):
    """Somebody has begun already."""

    def __init__(self) -> None:
        super().__init__("The plan has texts already. Change them, or write another one.")


class TooManyTexts(Refusal):
    """Nobody reads so much."""

    status = 422

    def __init__(self) -> None:
        super().__init__(f"A plan can have {MOST_TEXTS} texts. Put several into one.")


def texts_of(locality: Locality) -> list[EngagementText]:
    """The texts of a partnership's plan, in their order."""
    wanted = sa.select(EngagementText).where(EngagementText.locality_id == locality.id)
    return list(db.session.scalars(wanted.order_by(EngagementText.position, EngagementText.id)))


def text_of_plan(locality: Locality, text_id: int) -> EngagementText | None:
    """The text of the partnership's plan with this number."""
    wanted = sa.select(EngagementText).where(EngagementText.locality_id == locality.id, EngagementText.id == text_id)
    return db.session.scalar(wanted)


def begin_with_usual_texts(locality: Locality, by: Account) -> None:
    """Put the usual texts into an empty plan. Raises `PlanHasTexts`; two who press at once begin it once."""
    db.session.scalar(sa.select(Locality.id).where(Locality.id == locality.id).with_for_update())
    if texts_of(locality):
        raise PlanHasTexts
    for heading, words in USUAL_TEXTS.items():
        add_text(locality, heading, words, by)


def add_text(locality: Locality, heading: str, words: str, by: Account) -> EngagementText:
    """A new text at the plan's end. Raises `TooManyTexts`."""
    texts = texts_of(locality)
    if len(texts) >= MOST_TEXTS:
        raise TooManyTexts
    last = max((text.position for text in texts), default=0)
    text = EngagementText(locality_id=locality.id, position=last + 1, heading=heading, words=words, changed_by_id=by.id)
    db.session.add(text)
    db.session.flush()
    return text


def change_text(text: EngagementText, heading: str, words: str, seen: int, by: Account) -> None:
    """Say something else. Whoever saves has looked at it. Raises `SavedMeanwhile`."""
    save_over(text, seen, by, {"heading": heading, "words": words, "looked_at_on": today()})


def look_at_plan(locality: Locality) -> None:
    """Note that somebody has read the whole plan today, and that it is still true."""
    wanted = sa.update(EngagementText).where(EngagementText.locality_id == locality.id)
    db.session.execute(wanted.values(looked_at_on=today()))


def move_text(locality: Locality, text: EngagementText, way: str) -> None:
    """One place up or down, where there is one."""
    move_by_one(texts_of(locality), text, way)


def remove_text(text: EngagementText) -> None:
    """Take a text out of the plan."""
    db.session.delete(text)
    db.session.flush()
