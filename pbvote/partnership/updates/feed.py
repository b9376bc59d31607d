"""A partnership's updates as an Atom feed. Nothing of a draft is in it, and nothing of what was taken down."""

from collections.abc import Iterable

from pbvote.addresses import update_page, updates_feed, updates_page
from pbvote.feeds import FeedEntry, atom_feed
from pbvote.localities.models import Locality
from pbvote.partnership.updates.models import Update


def updates_atom(locality: Locality, updates: Iterable[Update]) -> bytes:
    """Each update with its words, the newest first. Its id is its address, which stays when its words change."""
    entries = [
        FeedEntry(link, link, update.heading, update.words, update.published_at, update.changed_at)
        for update in updates
        for link in (update_page(locality.slug, update.id),)
        if update.published_at
    ]
    title = f"Updates from the partnership in {locality.name}"
    page, feed = updates_page(locality.slug), updates_feed(locality.slug)
    return atom_feed(title, "What the partnership tells everybody", page, feed, entries)
