"""The doors of this room, for the app's list."""

from typing import Final

from pbvote.partnership.meetings import editor, items_editor, public, questions_editor

MEETING_DOORS: Final = (public, editor, items_editor, questions_editor)
