"""What came out, as an Atom feed (RFC 4287)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from feedgenerator import Atom1Feed
from markupsafe import escape

from pbvote.core.clock import now


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One thing that came out, in plain text. Its id stays whatever its words become."""

    id: str
    link: str
    title: str
    words: str
    came_at: dt.datetime
    changed_at: dt.datetime


def atom_feed(title: str, about: str, page: str, feed: str, entries: Iterable[FeedEntry]) -> bytes:
    """The entries, the newest first. `page` is where people read them, `feed` where this is."""
    atom = Atom1Feed(title=title, link=page, description=about, language="en-GB", feed_url=feed, feed_guid=page)
    for entry in sorted(entries, key=lambda one: one.came_at, reverse=True):
        atom.add_item(
            title=entry.title,
            link=entry.link,
            description=str(escape(entry.words)),
            unique_id=entry.id,
            pubdate=entry.came_at,
            updateddate=max(entry.came_at, min(entry.changed_at, now())),
        )
    written: str = atom.writeString("utf-8")
    return written.encode()
