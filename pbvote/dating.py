"""When what everybody reads of a row last changed, noted by itself wherever the row is saved."""

from collections.abc import Callable
from typing import TypeVar

import sqlalchemy as sa

from pbvote.core.clock import now

Model = TypeVar("Model")


def dates_changes_of(*columns: str) -> Callable[[type[Model]], type[Model]]:
    """Give a model's row a new `changed_at` when one of these columns gets another value. The others move nothing.

    Whatever updates the table by a statement of its own says so itself.
    """

    def listen(model: type[Model]) -> type[Model]:
        @sa.event.listens_for(model, "before_update")
        def note_change(_mapper: object, _connection: object, row: object) -> None:
            attributes = sa.inspect(row).attrs
            if any(attributes[name].history.has_changes() for name in columns):
                row.changed_at = now()  # type: ignore[attr-defined]

        return model

    return listen
