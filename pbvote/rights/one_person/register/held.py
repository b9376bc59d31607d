"""What an entry of the register says of one table."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Held:
    """One table that can hold something about a person. Its columns are named in strings, with blanks between them.

    Every column of text, and every one that leads to an account, stands in one of them: a test holds that.
    """

    table: str
    what: str
    """As the page heads it: “Reminders of a result”."""
    why: str
    """What it is held for."""
    until: str
    """How long it is kept."""
    seen_by: str
    """Who can read it."""
    whose: str = ""
    """Columns that say whose the row is: the number of an account, an address, a telephone number, a name."""
    names: str = ""
    """Columns that hold somebody's name, address or number, and nothing else."""
    words: str = ""
    """Columns of free text, in which anyone may be named."""
    by: str = ""
    """Columns that say which account did it, for a group or for the council."""
    decided: str = ""
    """Columns that say who answered for public money or for a vote: an audit asks for that."""
    shut: str = ""
    """Columns that let somebody in, or say how somebody voted: neither read here nor given."""
    withheld: str = ""
    """Those of `words` that are looked through, and neither shown nor given: a letter's links sign people in."""
    plain: str = ""
    """Columns of text that name nobody."""
    emptied: str = ""
    """Those of `names` that erasure empties, since a sentence in their place would be taken for a name."""
    together: Mapping[str, str] = field(default_factory=dict)
    """Which of `names` belong to whoever a column of `whose` leads to, however they are spelt there."""
    goes: bool = False
    """Whether erasure deletes a row that is the person's own. Else the row stays and loses the name."""

    def columns(self, *kinds: str) -> tuple[str, ...]:
        """The columns of these kinds, each once: ``columns("whose", "names")``."""
        return tuple(dict.fromkeys(name for kind in kinds for name in getattr(self, kind).split()))

    @property
    def named(self) -> tuple[str, ...]:
        """All columns that this entry names."""
        return self.columns("whose", "names", "words", "by", "decided", "shut", "plain")


STAFF = "Organisers and auditors"
MENTORS_TOO = "Organisers, auditors, the group’s mentor and whoever covers"
THE_GROUP_TOO = "The group, organisers and auditors"
EVERYBODY = "Everybody"
EDITORS = "Editors of the partnership’s page, organisers and auditors"
FOR_THE_BOOKS = "With the council’s record of public money: it is not deleted"
FOR_GOOD = "For as long as the page stands"
