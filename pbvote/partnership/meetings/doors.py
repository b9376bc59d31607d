"""The doors of this room, for the app's list."""

from typing import Final

from pbvote.partnership.meetings import (
    editor,
    feeds_public,
    holding_editor,
    items_editor,
    papers_editor,
    papers_public,
    public,
)
from pbvote.partnership.meetings import questions_editor as meeting_questions_editor
from pbvote.partnership.meetings.actions import editor as actions_editor
from pbvote.partnership.meetings.actions import public as actions_public

MEETING_DOORS: Final = (
    *(public, feeds_public, editor, items_editor, meeting_questions_editor, holding_editor),
    *(papers_public, papers_editor),
    *(actions_public, actions_editor),
)
