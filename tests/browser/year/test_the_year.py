"""The year after the cheque, in real browsers: three groups from the council's letter to the closing, in one test."""

from tests.browser.year import the_letters, the_money, the_reports, the_visits
from tests.browser.year.people import Contact, Home, Member, Officer
from tests.browser.year.the_visits import MAREK, NIA
from tests.browser.year.town import BAND, GARDENERS, MENDERS, WALKERS, Town


def test_three_grants_from_the_letter_to_the_closing(town: Town) -> None:
    olivia, omar = (Officer(town, f"{name}@council.example") for name in ("olivia", "omar"))
    gail, bert, wanda, rita = (Contact(town, group) for group in (GARDENERS, BAND, WALKERS, MENDERS))
    gardeners, band, walkers, menders = (Home(town, group) for group in (GARDENERS, BAND, WALKERS, MENDERS))
    marek, nia = Member(town, "marek"), Member(town, "nia")

    the_letters.read_and_send_them_together(town, olivia)
    the_letters.accept_on_one_page(town, gail, gardeners)
    the_letters.accept_by_two(town, bert, band)
    the_letters.decline(wanda, walkers, olivia)
    the_letters.offer_to_the_next_in_line(town, olivia, rita, menders)

    the_money.sign_and_plan(town, olivia, omar)
    the_visits.introduce(town, olivia, {MAREK: [gardeners, menders], NIA: [band]})
    the_visits.log_three_photos_without_a_signal(town, nia, band, olivia)
    the_money.note_that_it_is_paid(town, olivia, gardeners, menders, band)

    the_visits.not_reach_them(town, marek, gardeners, olivia)
    the_visits.meet_two_groups_at_once(town, marek, gardeners, menders, olivia)
    the_visits.worry(town, nia, olivia)
    the_visits.see_the_promise_kept(marek)
    the_reports.tell_it_to_the_mentor(marek, menders)
    the_visits.answer_the_worry(town, olivia, nia, band)
    the_reports.thank_and_close_the_menders(olivia, menders)

    the_reports.give_the_band_more_time(town, bert, band, olivia)
    the_reports.say_that_it_was_so(town, gail, gardeners, olivia)
    the_reports.write_a_page_with_figures(town, bert, band, olivia)
    the_reports.take_back_what_is_left_and_close(town, olivia, band)
