"""One event in real browsers at once, from the doors to the recount: everybody who is there, in one test."""

from pathlib import Path

from tests.browser.day import the_count, the_doors, the_stage, the_vote
from tests.browser.day.desk import Organiser
from tests.browser.day.hall import CAME, COUNTED, GOOD_PHONES, Hall
from tests.browser.day.people import Compere, Kiosk, Person, Screen, Steward, Witness


def test_a_day_from_the_doors_to_the_recount(hall: Hall, tmp_path: Path) -> None:
    olivia, omar = Organiser(hall, "olivia"), Organiser(hall, "omar")
    the_doors.print_slips_and_cards(hall, olivia, tmp_path)
    anna, ben = Steward(hall, "Anna"), Steward(hall, "Ben")
    cora, wanda = Compere(hall, "Cora"), Witness(hall)
    screen, kiosk = Screen(hall), Kiosk(hall)
    neighbour = Person(hall)

    the_doors.let_helpers_in(omar, anna, ben, cora, screen)
    the_doors.open_the_doors(olivia, anna, ben)
    the_doors.lose_a_stewards_signal_for_five_minutes(hall, olivia, anna, ben)

    the_stage.hear_every_group(cora, screen)
    the_stage.press_too_late_and_take_over(omar, cora, screen)
    the_stage.open_voting_at_once(olivia, omar, screen)

    the_vote.vote_on_a_good_network(hall)
    the_vote.all_say(hall, GOOD_PHONES, came=the_doors.BY_ANNA + 3, at=olivia, screen=screen, stewards=(anna,))
    olivia.misses_a_phone("Ben")
    the_doors.find_the_signal_again(olivia, anna, ben)
    voted = the_vote.vote_on_a_bad_network(hall)
    the_vote.vote_at_the_kiosk(hall, kiosk)
    clash = the_vote.enter_the_papers(hall, olivia, omar, voted)
    olivia.opens()
    the_vote.all_say(hall, len(COUNTED), came=CAME, at=olivia, screen=screen, stewards=(anna, ben))

    the_count.close_after_the_last_call(hall, olivia, cora, screen)
    the_count.settle_and_account(omar, clash)
    words = the_count.count_before_a_witness(olivia, wanda, cora, screen)
    the_count.announce_bid_by_bid(cora, screen)
    the_count.publish(hall, omar, neighbour)
    the_count.recount(hall, neighbour, words, tmp_path)
