"""An order by lot that anybody can repeat with the seed."""

from collections.abc import Iterable
from hashlib import sha256


def order_by_lot(seed: str, references: Iterable[str]) -> list[str]:
    """The references in the order of the SHA-256 of the seed, a blank and the reference.

    Nobody knows the order before the seed is drawn, and everybody finds it again with any program that computes
    SHA-256: ``printf '%s %s' SEED B-01 | sha256sum``.
    """
    return sorted(set(references), key=lambda reference: sha256(f"{seed} {reference}".encode()).hexdigest())
