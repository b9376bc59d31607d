"""Four bids walk from a kitchen table to the poster: what groups and officers do in one season, in one test."""

from pathlib import Path

from tests.browser.walk import applying, checking, the_event
from tests.browser.walk.desk import Desk
from tests.browser.walk.people import Council
from tests.browser.walk.phone import Phone


def test_four_bids_walk_from_a_kitchen_table_to_the_poster(council: Council, tmp_path: Path) -> None:
    ann, ben, carla = (Phone(council, f"{name}@group.example") for name in ("ann", "ben", "carla"))
    olivia, omar, priya = (Desk(council, f"{name}@council.example") for name in ("olivia", "omar", "priya"))

    applying.apply_over_two_sittings(ann)
    applying.write_at_the_same_time(ann, ben)
    applying.lose_the_signal_at_send(ann)
    applying.give_a_turned_photo(ann)
    applying.apply_in_one_go(carla)
    applying.take_down_a_bid_by_telephone(olivia)
    applying.take_in_a_sheet(olivia, tmp_path)

    checking.ask_and_answer(omar, ann)
    checking.keep_whoever_belongs_to_it_from_deciding(olivia)
    checking.decide_and_look_at_the_letters(council, olivia, omar)
    checking.send_together_and_call_one_back(council, omar)
    checking.ask_to_look_again(carla)
    checking.look_again(olivia, priya, carla)

    the_event.plan_the_day(omar)
    titles = the_event.draw_the_order_by_lot(omar)
    the_event.publish_the_page(omar, ann, titles)
    the_event.print_everything(omar, titles, tmp_path)
