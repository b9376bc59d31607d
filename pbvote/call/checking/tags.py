"""What the database keeps of the codes in letters' links: a tag each, from which nobody gets the code."""

from pbvote.code_tags import tag_of
from pbvote.core.codes import read_code
from pbvote.people.codes import WrongCode


class NoSuchLink(WrongCode):
    """A link that leads to nothing: mistyped, or long out of date."""

    def __init__(self, typed: str) -> None:
        super().__init__("This link does not work. Use the link in our letter, and check the code.", typed)


def typed_tag(purpose: str, typed: str) -> bytes:
    """The tag of a code for this purpose; of what is no code, one that nothing has."""
    code = read_code(typed)
    return tag_of(purpose, code) if code else b""
