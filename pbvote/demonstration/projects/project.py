"""What a bid of the demonstration is made of."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SampleBid:
    """A bid of the demonstration. `liking` is how well residents like it, from 1 to 5."""

    group: str
    title: str
    summary: str
    benefits: str
    ask_pence: int
    ward: str
    liking: float
    wordings: dict[str, tuple[str, str]] = field(default_factory=dict)
    at_risk: bool = False
    """Whether children, or adults at risk, take part."""
