"""Who may come in where mentors are chosen and asked for: its part of the table in `tests/doors.py`."""

from tests.scene import EMAILS

NOBODY, SIGNED_IN = frozenset[str](), frozenset(EMAILS)
MEMBER, GROUP = frozenset({"member"}), frozenset({"group"})

MENTORS = {
    **dict.fromkeys(("mentors_member.about", "mentors_member.away"), (MEMBER, NOBODY)),
    **{f"mentors_member.{name}": (NOBODY, MEMBER) for name in ("save_about", "go_away", "come_back")},
    "member_photo_member.photo": (MEMBER, NOBODY),
    **{f"member_photo_member.{name}": (NOBODY, MEMBER) for name in ("put", "take_off")},
    "mentors_group.photo": (GROUP, NOBODY),
    **dict.fromkeys(("mentors_group.ask", "mentors_group.keep"), (NOBODY, GROUP)),
    "phones_account.phones": (SIGNED_IN, NOBODY),
    **{
        f"phones_account.{name}": (NOBODY, SIGNED_IN)
        for name in ("keep", "forget_this", "forget", "stop_digest", "send_digest")
    },
}

# The group's offer has no mentor yet, and the absence is another member's.
MENTORS_REFUSED_TO_WRITERS = {"mentors_group.ask": 409, "mentors_member.come_back": 404}
MENTORS_REFUSED_TO_READERS = {"mentors_group.photo": 404}
