"""Who gives the grants, as 360Giving data tells it: from the installation's settings."""

import re
from dataclasses import dataclass
from typing import Final, Self

from flask import current_app

from pbvote.config import DEFAULTS

_ORGANISATION: Final = re.compile(r"[A-Z]{2}-[A-Z0-9]+-[A-Za-z0-9-]+", re.ASCII)
_PREFIX: Final = re.compile(r"360G-[A-Za-z0-9-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Funder:
    """The council."""

    id: str
    """Its identifier of org-id.guide: ``GB-LAE-TRF``."""
    name: str
    department: str
    prefix: str
    """What 360Giving gave it, before the identifiers of its grants: ``360G-trafford``."""

    @classmethod
    def of_settings(cls) -> Self:
        """The council that this installation is for."""
        config = current_app.config
        return cls(config["COUNCIL_ID"], config["COUNCIL_NAME"], config["COUNCIL_DEPARTMENT"], config["GRANTS_PREFIX"])

    def missing(self, *, is_demonstration: bool) -> list[str]:
        """What whoever runs pbvote has to set before anything is published, a sentence each."""
        found = []
        for setting, value, pattern, like in (
            ("COUNCIL_ID", self.id, _ORGANISATION, "GB-LAE-TRF"),
            ("GRANTS_PREFIX", self.prefix, _PREFIX, "360G-trafford"),
        ):
            is_example = value == DEFAULTS[setting] and not is_demonstration
            if is_example or not pattern.fullmatch(value):
                found.append(f"PBVOTE_{setting} is “{value}”. Ask whoever runs pbvote to set it: it looks like {like}.")
        return found
