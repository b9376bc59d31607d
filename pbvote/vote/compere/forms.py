"""How each group's name is said, as an organiser types it."""

from collections.abc import Sequence

from pbvote.call.groups.models import LONGEST_SAY_IT, Group
from pbvote.fields import Form, TextField


def say_form(groups: Sequence[Group]) -> Form:
    """A field for each group, by its number."""
    fields = {
        f"group-{group.id}": TextField(group.name, max_length=LONGEST_SAY_IT, required=False, default=group.say_it)
        for group in groups
    }
    return Form.with_fields(**fields)()
