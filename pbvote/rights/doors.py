"""The doors of what anyone may ask of the council: every blueprint of this wing."""

from types import ModuleType

from pbvote.rights.one_person import organiser as one_person_organiser
from pbvote.rights.one_round import desk as one_round_desk

DOORS: tuple[ModuleType, ...] = (one_person_organiser, one_round_desk)
