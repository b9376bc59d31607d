"""The vote: phones on a good network and on a bad one, a shared tablet, and papers that two people enter."""

from tests.browser.day.desk import Organiser
from tests.browser.day.hall import (
    AT_THE_KIOSK,
    BAD_PHONES,
    GOOD_PHONES,
    NOT_MEANT,
    ON_PAPER,
    ON_PHONES,
    SLIPS,
    Hall,
)
from tests.browser.day.people import Kiosk, Screen, Steward
from tests.browser.day.phones import BAD_NETWORKS, all_vote

AT_MOST = 30
"""Seconds by which the hall's turnout is behind."""


def vote_on_a_good_network(hall: Hall) -> list[str]:
    """Twenty phones at once."""
    return all_vote(hall, ON_PHONES[:GOOD_PHONES])


def vote_on_a_bad_network(hall: Hall) -> list[str]:
    """Ten phones whose casts arrive in pieces, half, or twice."""
    assert len(ON_PHONES[GOOD_PHONES:]) == BAD_PHONES
    return all_vote(hall, ON_PHONES[GOOD_PHONES:], BAD_NETWORKS)


def vote_at_the_kiosk(hall: Hall, kiosk: Kiosk) -> None:
    """Somebody without a phone votes on the tablet by the door, which then forgets them."""
    [code] = hall.takes_slips(1)
    hall.check_numbers.append(kiosk.votes(code, AT_THE_KIOSK))
    kiosk.is_ready_for_the_next()


def all_say(hall: Hall, voted: int, *, came: int, at: Organiser, screen: Screen, stewards: tuple[Steward, ...]) -> None:
    """Console, screen and door have the same figures; the screen's turnout is coarse, and half a minute old at most."""
    hall.let_pass(AT_MOST)
    at.says_of_turnout(voted, SLIPS)
    screen.fills(voted // 5 * 5)
    at.says_of_door(came)
    for steward in stewards:
        steward.refreshes()
        steward.shows(came)
        steward.reads(f"{voted} of {SLIPS} slips have voted")


def enter_the_papers(hall: Hall, olivia: Organiser, omar: Organiser, voted: list[str]) -> str:
    """One organiser keys, the other reads back; the slip that says one thing on paper and another on a phone.

    Of five papers two are the only vote of their slip, one is spoilt, one says what its phone said, one something else.
    """
    differs, agrees = voted[-2], voted[-1]
    spoilt, *alone = hall.takes_slips(1 + len(ON_PAPER))
    papers = [*zip(alone, ON_PAPER, strict=True), (spoilt, None), (agrees, ON_PHONES[-1]), (differs, NOT_MEANT)]
    serials = [olivia.keys_a_paper(code, marks) for code, marks in papers]
    for serial in serials:
        omar.reads_back(serial)
    return serials[-1]
