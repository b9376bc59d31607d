"""The columns of a round's bids, in and out alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from pbvote.call.bids.models import BidState, Papers
from pbvote.call.groups.models import GroupKind
from pbvote.call.rounds.models import Round, Share
from pbvote.db import db
from pbvote.localities.models import Locality, Ward
from pbvote.spreadsheets.tables import Column, Kind, money_column

KINDS: Final = {
    GroupKind.CHARITY: "Charity",
    GroupKind.COMPANY: "Company",
    GroupKind.CIC: "CIC",
    GroupKind.INFORMAL: "None of these",
}
PAPERS: Final = {Papers.HAVE: "Have", Papers.WILL_HAVE: "Will have"}
STAGES: Final = {state: state.value.capitalize() for state in BidState}
MOST_WORDS: Final = 80

NUMBER = Column("Number", width=10, note="Leave it empty for a new bid: it gets a number here.", aliases=("Reference",))
GROUP = Column("Group", width=30, note="The group’s name.", aliases=("Name of your group", "Group name"), most=120)
KIND = Column(
    "Kind of group", width=16, note=f"{', '.join(KINDS.values())}. Empty: none of these.", choices=tuple(KINDS.values())
)
REGISTERED = Column("Charity or company number", Kind.NUMBERED, 24, "Empty if they have none.", most=40)
HOLDER = Column("Who holds the money", width=24, note="For a group that is none of these.", most=200)
CONTACT = Column(
    "Contact", width=24, note="Full name of the person whom we write to.", aliases=("Contact name",), most=100
)
EMAIL = Column(
    "E-mail address", width=30, note="We write here as soon as you import the bid.", aliases=("Email",), most=254
)
PHONE = Column("Telephone number", Kind.TELEPHONE, 18, "As text, with its first 0.", ("Phone", "Telephone"), most=30)
PROJECT = Column("Project", width=30, note="What they call it.", aliases=("Title",), most=80)
SUMMARY = Column(
    "What they would do", Kind.LONG, 50, f"Up to {MOST_WORDS} words. Residents read this.", ("Summary",), most=2000
)
BENEFITS = Column("Who benefits", Kind.LONG, 40, f"Up to {MOST_WORDS} words.", ("Who would benefit",), most=2000)
POSTCODE = Column("Postcode", width=12, note="Where most of it would happen.", most=10)
AT_RISK = Column("Children or adults at risk", Kind.YES_NO, 14, "Yes where they take part.")
CONSTITUTION = Column(
    "Constitution and bank account",
    width=16,
    note="Have, or Will have by the day of the event. Empty if nobody asked.",
    choices=tuple(PAPERS.values()),
)
STAGE = Column(
    "Stage", width=14, note="Decide on the bid’s page. Leave it empty for a new bid.", choices=tuple(STAGES.values())
)
RECEIVED = Column("Received on", Kind.DAY, 18, "Leave it empty for a new bid.")

REQUIRED: Final = (GROUP, CONTACT, EMAIL, PROJECT, SUMMARY)
"""What a new bid must say, besides how much it asks for."""
KEPT: Final = (CONTACT, EMAIL, STAGE, RECEIVED)
"""What a sheet can't change of a bid that is here. An address decides who may sign in."""
PAIRS: Final = 4
MOST_PAIRS: Final = 50


def ward_column(wards: Mapping[str, int]) -> Column:
    """The column of wards."""
    return Column("Ward", width=20, note="Empty: all over, or not sure.", choices=tuple(wards))


def ask_column(share: Share, round_: Round) -> Column:
    """What is asked of one locality."""
    if len(round_.shares) == 1:
        return money_column("Amount", round_.currency, note="What they ask for.")
    note = f"What they ask of {share.locality.name}. Empty: nothing."
    return money_column(f"Amount from {share.locality.name}", round_.currency, note=note)


def pair_columns(number: int, currency: str) -> tuple[Column, Column]:
    """One line of the budget: what for, and how much."""
    what = Column(f"Budget {number}", width=24, note="What the money would buy." if number == 1 else "", most=100)
    note = "The budget adds up to what they ask for." if number == 1 else ""
    return what, money_column(f"Budget {number} amount", currency, note=note)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a sheet of one round's bids has: its columns, and what their cells stand for."""

    round: Round
    wards: Mapping[str, int]
    """The id of each ward, by how the sheet calls it."""
    asks: Mapping[int, Column]
    """By locality id."""
    pairs: tuple[tuple[Column, Column], ...]
    answers: Mapping[str, Column]
    """By the key of a round's question."""

    columns: tuple[Column, ...]
    """All of them, in order."""


def frame_of(round_: Round, pairs: int = PAIRS) -> Frame:
    """The round's frame, with so many lines of budget."""
    wards = _wards()
    asks = {share.locality_id: ask_column(share, round_) for share in round_.shares}
    lines = tuple(pair_columns(number, round_.currency) for number in range(1, pairs + 1))
    answers = {question.key: Column(question.text, Kind.LONG, 40, question.hint) for question in round_.questions}
    about_group = (NUMBER, GROUP, KIND, REGISTERED, HOLDER, CONTACT, EMAIL, PHONE)
    about_bid = (PROJECT, SUMMARY, BENEFITS, ward_column(wards), POSTCODE, AT_RISK, CONSTITUTION)
    money = (*asks.values(), *(column for pair in lines for column in pair))
    columns = (*about_group, *about_bid, *money, *answers.values(), STAGE, RECEIVED)
    return Frame(round_, wards, asks, lines, answers, columns)


def _wards() -> dict[str, int]:
    """Every ward by its name, with its locality's where two are called the same."""
    wanted = sa.select(Ward.id, Ward.name, Locality.name).join(Locality, Locality.id == Ward.locality_id)
    rows = db.session.execute(wanted.where(Locality.is_imported.is_(False)).order_by(Ward.name, Ward.id)).all()
    names = [name for _, name, _ in rows]
    return {(f"{name}, {locality}" if names.count(name) > 1 else name): ward_id for ward_id, name, locality in rows}
