"""From the last call to the recount: who comes too late, the account, the count, the announcement, the result."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

from playwright.sync_api import expect

from pbvote.filters import money
from tests.browser.day.desk import Organiser
from tests.browser.day.hall import CAME, COUNTED, GROUPS, NOT_MEANT, POT, SLIPS, Hall, awards, points, title_of
from tests.browser.day.people import Compere, Person, Screen, Witness
from tests.browser.day.phones import Phone


def close_after_the_last_call(hall: Hall, olivia: Organiser, cora: Compere, screen: Screen) -> None:
    """The last call stands on the screen, then voting closes, and somebody who was too slow is told so."""
    [code] = hall.takes_slips(1)
    slow = Phone(hall, code, "en")
    paper = slow.open_paper()
    cora.shows_something_else("Last call")
    screen.shows("last_call")
    olivia.takes_step("Close voting")
    screen.shows("closed")
    late = slow.send(paper, NOT_MEANT)
    assert late.status == 409
    assert "before your vote reached us. It was not counted." in late.page


def settle_and_account(omar: Organiser, clash: str) -> None:
    """One slip's phone counts and not its paper; then the slips add up, and nobody has to say why they do not."""
    omar.decides_for_the_phone(clash)
    omar.states_the_account(SLIPS - CAME, door=CAME)


def count_before_a_witness(olivia: Organiser, wanda: Witness, cora: Compere, screen: Screen) -> str:
    """The seal's six words, for the hall's photos. Before that not even the compere's page holds the outcome."""
    olivia.takes_step("Count and seal", "Ask to count and seal")
    for helper in (cora, screen):
        answer = helper.page.context.request.get(helper.page.url)
        assert answer.ok
        assert "data-reveal" not in answer.text()
    wanda.confirms("count the votes")
    words = screen.seal_words()
    assert len(words.split()) == 6
    return words


def announce_bid_by_bid(cora: Compere, screen: Screen) -> None:
    """The last one first: the compere reads each on the phone, then shows it to the hall, and the share fills."""
    cora.looks_up()
    cora.presses_here("Begin the announcement")
    given = 0
    for reveal, (number, pence) in enumerate(reversed([*awards().items()]), 1):
        assert title_of(number) in cora.reads_aloud(reveal)
        screen.announces_nothing_of(title_of(number))
        cora.presses_here("Show it on the screen")
        given += pence
        screen.announces(title_of(number), money(given))
    assert given == sum(awards().values()) <= POT


def publish(hall: Hall, omar: Organiser, neighbour: Person) -> None:
    """Nobody outside could read it before; now everybody can."""
    neighbour.goes_to(f"/results/{hall.slug}")
    for number in awards():
        expect(neighbour.page.locator("body")).not_to_contain_text(title_of(number))
    omar.takes_step("Publish the result")
    neighbour.goes_to(f"/results/{hall.slug}")
    neighbour.reads(f"{len(COUNTED)} ballots")
    for number, pence in awards().items():
        if pence:
            neighbour.reads(title_of(number))


def recount(hall: Hall, neighbour: Person, words: str, folder: Path) -> None:
    """A neighbour counts again with nothing but Python, and finds what the hall saw and every vote that was cast."""
    bundle = folder / "bundle.zip"
    bundle.write_bytes(neighbour.page.context.request.get(f"{hall.address}/results/{hall.slug}/bundle.zip").body())
    with zipfile.ZipFile(bundle) as files:
        files.extract("recount.py", folder)
        outcome, account = (json.loads(files.read(name)) for name in ("outcome.json", "account.json"))
        check_numbers = files.read("check-numbers.txt").decode().split()
    command = [sys.executable, "-I", "-S", str(folder / "recount.py"), str(bundle)]
    said = subprocess.run(command, check=False, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout
    assert "Everything fits." in said.stdout
    assert words in " ".join(said.stdout.split())
    assert [bid["total"] for bid in outcome["bids"]] == [points()[number] for number in range(1, len(GROUPS) + 1)]
    assert outcome["spent"] == sum(awards().values())
    assert len(check_numbers) == len(COUNTED)
    assert len(set(hall.check_numbers)) == len(hall.check_numbers)
    assert set(hall.check_numbers) < set(check_numbers)
    assert account["mismatches"] == []
    assert account["reason"] == ""
    in_account = ("live", "left_over", "handed_out", "door_count", "voted", "on_paper", "spoilt", "decided_for_phone")
    assert [account[name] for name in in_account] == [SLIPS, SLIPS - CAME, CAME, CAME, len(COUNTED), 3, 1, 1]
