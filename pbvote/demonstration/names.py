"""Who speaks for the demonstration's groups: invented people, for each group the same ones every time."""

import zlib

FIRST = (
    *("Aisha", "Bev", "Chidi", "Dawn", "Elif", "Frank", "Gita", "Hassan", "Irena", "Joe"),
    *("Kemi", "Lorna", "Mohan", "Nell", "Owen", "Priya", "Rosa", "Sid", "Tess"),
)
LAST = (
    *("Akhtar", "Barlow", "Cohen", "Doyle", "Eze", "Fielding", "Grant", "Hussain"),
    *("Iqbal", "Jones", "Kaur", "Lees", "Mistry", "Nolan", "Okafor", "Patel"),
)


def contact_of(group: str) -> str:
    """Who sends the group's bid, and accepts for it."""
    number = zlib.crc32(group.encode())
    return f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}"


def second_of(group: str) -> str:
    """Who confirms a large award for it."""
    return contact_of(f"{group}, treasurer")
