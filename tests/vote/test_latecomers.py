"""Until when somebody who comes late gets a slip: the event's rule, and the moment at which it takes effect."""

from dataclasses import replace

from flask import Flask

from pbvote.call.rounds.models import EventFormat
from pbvote.vote.door.latecomers import rule_now
from pbvote.vote.events.day import Latecomers
from pbvote.vote.events.models import Event
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.stage import turns
from pbvote.vote.stage.service import Press, stage_of
from tests.factories import an_event, the_event, writing
from tests.hall import organiser_does


def press(event: Event) -> Press:
    """A press by somebody who looked a moment ago."""
    return Press(stage_of(event).version, "Cleo’s phone")


def an_event_with(rule: Latecomers) -> Event:
    """An event whose latecomers get a slip until then."""
    event = an_event()
    event.day = replace(event.day, latecomers=rule)
    return event


def test_until_the_first_pitch_a_group_that_is_called_up_has_not_begun(app: Flask) -> None:
    with writing(app):
        event = an_event_with(Latecomers.UNTIL_THE_FIRST_PITCH)
        assert not rule_now(event).is_in_effect
        turns.present(event, press(event), event.running_order[0].bid_id)
        assert not rule_now(event).is_in_effect
        turns.start_timer(event, press(event))
        assert rule_now(event).sentence == "The first group has begun to speak. Anyone who comes now gets no slip."


def test_until_the_last_pitch_every_group_has_had_its_turn(app: Flask) -> None:
    with writing(app):
        event = an_event_with(Latecomers.UNTIL_THE_LAST_PITCH)
        *others, last = [slot.bid_id for slot in event.running_order]
        for bid_id in others:
            turns.note_no_show(event, press(event), bid_id, "They did not come")
        turns.present(event, press(event), last)
        turns.start_timer(event, press(event))
        assert not rule_now(event).is_in_effect
        turns.note_no_show(event, press(event), last, "They left")
        assert rule_now(event).sentence == "The last group has spoken. Anyone who comes now gets no slip."


def test_until_the_close_and_where_nobody_pitches_the_close_decides(app: Flask) -> None:
    with writing(app):
        event = an_event_with(Latecomers.UNTIL_THE_FIRST_PITCH)
        event.share.format = EventFormat.STALLS
        assert event.latecomers is Latecomers.UNTIL_THE_CLOSE
    organiser_does(app, open_poll)
    with writing(app):
        assert not rule_now(the_event()).is_in_effect
    organiser_does(app, close_poll)
    with writing(app):
        assert rule_now(the_event()).sentence == "Voting has closed. Anyone who comes now gets no slip."
