"""Numbers of charities and companies: read as people write them, kept in one way.

What is kept is the organisation's identifier of org-id.guide: the register's code, a hyphen, and the number as that
register writes it. ``GB-CHC-1092477``, ``GB-SC-SC012345``, ``GB-NIC-100012``, ``GB-COH-05551234``. It is what 360Giving
asks for. Patterns only: nothing is looked up, so a number that reads well may still be nobody's.
"""

import enum
import re
from typing import Final

from pbvote.core.plain import plain_digits
from pbvote.core.reading import ReadingError


class Register(enum.StrEnum):
    """Who gives the number, by the code of org-id.guide."""

    ENGLAND_AND_WALES = "GB-CHC"
    SCOTLAND = "GB-SC"
    NORTHERN_IRELAND = "GB-NIC"
    COMPANIES = "GB-COH"


_NAMES: Final = {
    Register.ENGLAND_AND_WALES: "charity in England and Wales",
    Register.SCOTLAND: "charity in Scotland",
    Register.NORTHERN_IRELAND: "charity in Northern Ireland",
    Register.COMPANIES: "Companies House",
}
CHARITY_DIGITS: Final = "Charity numbers have 6 or 7 digits, like 1092477. Check yours"
COMPANY_DIGITS: Final = "Companies House numbers have 8 digits, or 2 letters and 6 digits. Check yours"
SCOTTISH_DIGITS: Final = "Scottish charity numbers are SC and 6 digits, like SC012345. Check yours"
NORTHERN_DIGITS: Final = "Northern Irish charity numbers are NIC and 6 digits, like NIC100012. Check yours"
NEITHER: Final = "This is no charity or company number that we know. Check it, or leave it empty"

_WORDS: Final = re.compile(r"\b(?:REGISTERED|REGISTRATION|CHARITY|COMPANY|CIC|CIO|NUMBER|NUM|NO|NR)\b")
_CODED: Final = re.compile(r"GB(CHC|SC|NIC|COH)(.+)", re.ASCII)
_COMPANY: Final = re.compile(r"[0-9]{8}|[A-Z]{2}[0-9]{6}|R0[0-9]{6}", re.ASCII)


def read_registered(typed: str, register: Register | None = None) -> str:
    """The identifier of the number that was typed, "" for nothing.

    `register` says which kind of number it is where the number itself does not: SC012345 is a charity's in one and a
    company's in the other, 100012 could be of two. Without one, six or seven digits are a charity of England and
    Wales, and eight are a company. Raises `ReadingError` with a sentence for the person.
    """
    text = _WORDS.sub("", plain_digits(typed).upper())
    signs = re.sub(r"[\s.,:;#/()\-–—]", "", text)
    if not signs:
        return ""
    if coded := _CODED.fullmatch(signs):
        register, signs = Register(f"GB-{coded[1]}"), coded[2]
    if signs.startswith("NIC"):
        register, signs = Register.NORTHERN_IRELAND, signs.removeprefix("NIC")
    elif register is Register.COMPANIES:
        pass
    elif signs.startswith("SC"):
        register = Register.SCOTLAND
    elif register is None:
        register = Register.ENGLAND_AND_WALES if re.fullmatch("[0-9]{6,7}", signs) else Register.COMPANIES
        if register is Register.COMPANIES and not _COMPANY.fullmatch(signs):
            raise ReadingError(NEITHER)
    return f"{register}-{_number(signs, register)}"


def _number(signs: str, register: Register) -> str:
    """The number as its register writes it."""
    if register is Register.COMPANIES:
        if re.fullmatch("[0-9]{5,7}", signs):
            raise ReadingError(f"Companies House numbers have 8: is it {signs:0>8}?")
        return _matching(_COMPANY, signs, COMPANY_DIGITS)
    if register is Register.SCOTLAND:
        return "SC" + _matching("[0-9]{6}", signs.removeprefix("SC"), SCOTTISH_DIGITS)
    if register is Register.NORTHERN_IRELAND:
        return _matching("[0-9]{6}", signs, NORTHERN_DIGITS)
    return _matching("[0-9]{6,7}", signs, CHARITY_DIGITS)


def _matching(pattern: re.Pattern[str] | str, signs: str, sentence: str) -> str:
    if not re.fullmatch(pattern, signs):
        raise ReadingError(sentence)
    return signs


def show_registered(identifier: str) -> str:
    """An identifier as people read it: ``1092477 (charity in England and Wales)``; what is none of ours as it is."""
    for register, name in _NAMES.items():
        if identifier.startswith(f"{register}-"):
            return f"{identifier.removeprefix(f'{register}-')} ({name})"
    return identifier
