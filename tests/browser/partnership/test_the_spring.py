"""A partnership's spring in real browsers: what it says, asks, decides and brings together, in one test."""

from tests.browser.partnership import (
    the_consultation,
    the_gathering,
    the_meeting,
    the_members,
    the_plan,
    the_wall,
)
from tests.browser.partnership.people import Editor, GroupsContact, OneMember, Resident
from tests.browser.year.town import Town


def test_a_partnership_from_the_first_profile_to_the_agreed_minutes(town: Town) -> None:
    marek, nia, ann = Editor(town), OneMember(town), Resident(town)
    soup, hall = (GroupsContact(town, f"group{number}@group.example") for number in (1, 2))

    the_members.write_and_publish(nia, marek, ann)
    the_meeting.draft_in_secret(marek, nia, ann)
    the_meeting.come_out_by_the_clock(town, ann)
    the_meeting.ask_and_answer(town, marek, ann)
    the_meeting.move_into_the_summer(marek, ann)
    the_plan.begin_it(marek, ann)
    the_consultation.answer_on_thirty_phones(town, marek, ann)
    the_wall.meet_a_need(soup, hall, marek, ann)
    the_gathering.fill_up(town, marek, ann)
    the_meeting.hold_it(town, marek, nia, ann)
    the_meeting.agree_the_minutes(marek, ann)
    the_consultation.sort_and_tell(town, marek, ann)
    the_meeting.look_at_the_actions(town, marek, ann)
    the_plan.read_how_far_it_is(ann)
