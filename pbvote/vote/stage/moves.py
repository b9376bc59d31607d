"""Every press that moves the stage, by the word that its button sends: the desk and the compere press the same ones."""

from collections.abc import Callable, Mapping

from werkzeug.datastructures import MultiDict

from pbvote.core.plain import is_seen, plain_line
from pbvote.errors import Refusal
from pbvote.vote.events.models import Event
from pbvote.vote.stage import turns
from pbvote.vote.stage.models import Scene
from pbvote.vote.stage.service import Press, reveal, show

STEP_SECONDS = 30
LONGEST_NOTICE = 120
LONGEST_REASON = 200
LONGEST_WAIT_SECONDS = 3600
Sent = MultiDict[str, str]


class NoSuchMove(Refusal):
    """What was sent is no press of any button."""

    status = 422

    def __init__(self) -> None:
        super().__init__("That press was not understood. Open the page again.")


def _show(event: Event, press: Press, sent: Sent) -> None:
    notice = _words(sent, "notice", LONGEST_NOTICE)
    scene = _scene(sent)
    if scene is Scene.NOTICE and not notice:
        raise NoSuchMove
    show(event, press, scene, notice)


def _present(event: Event, press: Press, sent: Sent) -> None:
    turns.present(event, press, _number(sent, "bid"))


def _end_turn(event: Event, press: Press, sent: Sent) -> None:
    turns.end_turn(event, press, _scene(sent))


def _end_on_time(event: Event, press: Press, sent: Sent) -> None:
    turns.end_turn(event, press, _scene(sent), on_time=True)


def _again(event: Event, press: Press, sent: Sent) -> None:
    turns.begin_again(event, press, _number(sent, "bid"))


def _no_show(event: Event, press: Press, sent: Sent) -> None:
    reason = _words(sent, "reason", LONGEST_REASON)
    if not reason:
        raise NoSuchMove
    turns.note_no_show(event, press, _number(sent, "bid"), reason)


_MOVES: Mapping[str, Callable[[Event, Press, Sent], None]] = {
    "show": _show,
    "present": _present,
    "again": _again,
    "end-turn": _end_turn,
    "end-on-time": _end_on_time,
    "start": lambda event, press, sent: turns.start_timer(event, press, _ago(sent)),
    "pause": lambda event, press, sent: turns.pause_timer(event, press, _ago(sent)),
    "more": lambda event, press, _: turns.lengthen_timer(event, press, STEP_SECONDS),
    "less": lambda event, press, _: turns.lengthen_timer(event, press, -STEP_SECONDS),
    "questions": lambda event, press, _: turns.take_questions(event, press),
    "no-show": _no_show,
    "reveal": lambda event, press, sent: reveal(event, press, _number(sent, "reveal")),
}


def make_move(event: Event, by: str, sent: Sent) -> None:
    """Do what the button says that was pressed. Raises `NoSuchMove`, and what the move raises.

    `sent` holds `move` and `seen` (the version that the page showed), and what the move needs: `scene` and `notice`,
    `bid`, `reason`, `reveal`, and `ago`, the seconds for which a press of the timer waited for a network.
    """
    move = _MOVES.get(sent.get("move", ""))
    if move is None:
        raise NoSuchMove
    move(event, Press(_number(sent, "seen"), by), sent)


def _words(sent: Sent, name: str, longest: int) -> str:
    """One line of what can be seen, cut to the length that its box takes; "" where nothing can."""
    words = plain_line(sent.get(name, "")).strip()
    return words[:longest] if is_seen(words) else ""


def _ago(sent: Sent) -> int:
    return min(_number(sent, "ago"), LONGEST_WAIT_SECONDS) if sent.get("ago") else 0


def _scene(sent: Sent) -> Scene:
    try:
        return Scene(sent.get("scene", ""))
    except ValueError:
        raise NoSuchMove from None


def _number(sent: Sent, name: str) -> int:
    text = sent.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise NoSuchMove
    return int(text)
