"""Kinds of acts that take two people. Each is one record, made and registered by the room that owns the act."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Generic, TypeVar

from pbvote.core.hashes import digest
from pbvote.vote.acts.models import Act

Body = TypeVar("Body")


def _itself(about: Any) -> Any:
    return about


def _no_facts(_act: Act, _body: Any) -> Mapping[str, Any]:
    return {}


def _nowhere(_act: Act) -> str:
    return ""


def _nothing_more(_act: Act) -> None:
    pass


@dataclass(frozen=True)
class ActKind(Generic[Body]):
    """What one kind of act does, and what is said about it."""

    name: str
    """As the database keeps it."""
    body: type[Body]
    """A frozen dataclass: what the act needs to know. It names no person."""
    do: Callable[[Act, Body], object]
    """Do it, in the transaction of the confirmation: `act.asker` asked, `act.second` confirmed."""
    asked: Callable[[Body, Any], str]
    """What is asked, as words that go on from “Olivia asks to …”. The second argument is what `reads` gave."""
    look_first: str
    """What the second person looks at before they confirm."""
    button: str
    """What the second person presses: what they have seen, and that they confirm."""
    occasion: str
    """What a witness's card calls it, as words that go on from “You are asked to confirm:”."""
    said: Callable[[Body], str]
    """What to tell the person who confirmed, once it is done."""
    is_for_witnesses: bool = True
    """Whether a witness's card names it. What is done after the event, two organisers do."""
    reads: Callable[[Any], Any] = _itself
    """What `asked` needs to know of the event or the award, read once for all acts of a page: see `Waiting.of_all`."""
    then: Callable[[Act], None] = _nothing_more
    """What follows the commit. It may commit. Raises a `Refusal` that says what is left to do."""
    template: str = ""
    """The part of a page that shows what must be looked at; none where `look_first` says it all. Whoever confirms sends
    what it showed along: see `mark_of`."""
    facts: Callable[[Act, Body], Mapping[str, Any]] = _no_facts
    """What `template` shows."""
    shown_at: Callable[[Act], str] = _nowhere
    """The desk's own page that shows the same; "" where there is none."""


_KINDS: dict[str, ActKind[Any]] = {}


def register(kind: ActKind[Body]) -> ActKind[Body]:
    """Make a kind known to everything that lists and confirms acts."""
    if kind.name in _KINDS:
        raise ValueError(f"two kinds of acts are called {kind.name}")
    _KINDS[kind.name] = kind
    return kind


def kind_of(act: Act) -> ActKind[Any]:
    """The act's kind."""
    return _KINDS[act.kind]


def occasions() -> list[str]:
    """Everything that a witness may be asked to confirm."""
    return [kind.occasion for kind in _KINDS.values() if kind.is_for_witnesses]


def stored(body: object) -> dict[str, Any]:
    """A body as the database keeps it: the fields of a dataclass, lists for tuples."""
    fields = asdict(body)  # type: ignore[call-overload]  # every kind's body is a dataclass
    return {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()}


def read(act: Act) -> Any:
    """The act's body, as its kind's dataclass."""
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in act.body.items()}
    return kind_of(act).body(**values)


def mark_of(act: Act) -> str:
    """What a page shows of an act's facts, as its button sends it; "" where there are none to look at."""
    return digest(act.body) if kind_of(act).template else ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An act that waits for its second person, as pages show it."""

    act: Act
    asked: str
    look_first: str
    button: str
    template: str

    @classmethod
    def of_all(cls, about: object, acts: Sequence[Act]) -> "list[Waiting]":
        """What a page shows of the acts about an event, or about an award. However many wait, the same is read once."""
        kinds = [kind_of(act) for act in acts]
        known = {reads: reads(about) for reads in {kind.reads for kind in kinds}}
        return [
            cls(act, kind.asked(read(act), known[kind.reads]), kind.look_first, kind.button, kind.template)
            for act, kind in zip(acts, kinds, strict=True)
        ]

    @property
    def mark(self) -> str:
        """What the press that confirms carries: see `mark_of`."""
        return mark_of(self.act)

    @property
    def facts(self) -> Mapping[str, Any]:
        """What `template` shows: read when it is shown."""
        return kind_of(self.act).facts(self.act, read(self.act))

    @property
    def shown_at(self) -> str:
        """The desk's page with the same facts and more; "" where there is none."""
        return kind_of(self.act).shown_at(self.act)


def do_confirmed(act: Act) -> None:
    """Do what two people have agreed to. Commits nothing; see `finish`."""
    kind_of(act).do(act, read(act))


def finish(act: Act) -> str:
    """Do what follows the commit, and say what was done. Raises a `Refusal` that says what is left to do."""
    kind = kind_of(act)
    said = kind.said(read(act))
    kind.then(act)
    return said
