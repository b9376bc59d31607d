"""The locality that a page's address names, for doors."""

from flask import abort

from pbvote.localities.models import Locality
from pbvote.localities.service import locality_called


def public_locality(slug: str) -> Locality:
    """The council's locality with this slug, for anyone; else the answer is 404."""
    found = locality_called(slug)
    if found is None or found.is_imported:
        abort(404)
    return found
