"""What a steward's phone hands over, read: taps and names, with the ids that it gave them, and no time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pbvote.core.plain import is_seen, plain_line
from pbvote.errors import Refusal
from pbvote.vote.door.models import ID_BYTES, LONGEST_NAME, AgeBand, TapKind, Tie

MOST_AT_ONCE: Final = 200
"""Taps and names of one lot; a phone with more sends several."""
MOST_WAITING: Final = 1_000_000


class NotFromTheDoor(Refusal):
    """It is not what the door's page sends."""

    status = 422

    def __init__(self) -> None:
        super().__init__("We can’t read what this phone sent. Refresh the page. What it noted stays on the phone.")


@dataclass(frozen=True, slots=True)
class Tap:
    """One press: whom it counts, and one more (1) or one fewer (-1)."""

    id: bytes
    kind: TapKind
    step: int


@dataclass(frozen=True, slots=True)
class PersonNamed:
    """A person to be put on the list."""

    id: bytes
    name: str
    tie: Tie
    age: AgeBand | None = None


@dataclass(frozen=True, slots=True)
class Lot:
    """What one phone sends at once, and how much still waits on it."""

    phone: bytes
    waiting: int
    taps: Sequence[Tap]
    names: Sequence[PersonNamed]

    @classmethod
    def read(cls, sent: object) -> "Lot":
        """The lot that this JSON holds. Raises `NotFromTheDoor`, and then nothing of it is taken."""
        try:
            fields = _object(sent)
            taps, names = _list(fields.get("taps", [])), _list(fields.get("names", []))
            if len(taps) + len(names) > MOST_AT_ONCE:
                raise NotFromTheDoor
            return cls(
                phone=read_id(fields["phone"]),
                waiting=_whole(fields["waiting"], 0, MOST_WAITING),
                taps=[_tap(_object(tap)) for tap in taps],
                names=[_named(_object(name)) for name in names],
            )
        except (KeyError, ValueError, TypeError) as error:
            raise NotFromTheDoor from error


def read_id(sent: object) -> bytes:
    """The random id that a phone gave: 32 hexadecimal digits. Raises `ValueError`."""
    if not isinstance(sent, str) or len(sent) != 2 * ID_BYTES:
        raise ValueError("no id")
    return bytes.fromhex(sent)


def read_name(sent: object) -> str:
    """A name with single spaces. Raises `ValueError` where there is none, or no name is so long."""
    name = " ".join(plain_line(sent).split()) if isinstance(sent, str) else ""
    if len(name) > LONGEST_NAME or not is_seen(name):
        raise ValueError("no name")
    return name


def _tap(sent: dict[str, Any]) -> Tap:
    step = _whole(sent["step"], -1, 1)
    if step == 0:
        raise ValueError("no step")
    return Tap(read_id(sent["id"]), TapKind(sent["kind"]), step)


def _named(sent: dict[str, Any]) -> PersonNamed:
    return PersonNamed(read_id(sent["id"]), read_name(sent["name"]), Tie(sent["tie"]), _age(sent.get("age")))


def _age(sent: object) -> AgeBand | None:
    return None if sent is None else AgeBand(str(sent))


def _object(sent: object) -> dict[str, Any]:
    if not isinstance(sent, dict):
        raise TypeError("no object")
    return sent


def _list(sent: object) -> list[Any]:
    if not isinstance(sent, list):
        raise TypeError("no list")
    return sent


def _whole(sent: object, least: int, most: int) -> int:
    if type(sent) is not int or not least <= sent <= most:
        raise ValueError("no such number")
    return sent
