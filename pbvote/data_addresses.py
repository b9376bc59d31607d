"""The addresses that pbvote writes into open data and feeds, beside those of `pbvote.addresses`.

Programs keep them, so the same test compares each with the app's own routes.
"""

from pbvote.addresses import base_url, meeting_page


def results_feed() -> str:
    """Published results for feed readers."""
    return f"{base_url()}/results.atom"


def open_data_page() -> str:
    """Where anybody finds everything that the council publishes as data."""
    return f"{base_url()}/open"


def round_page(round_slug: str) -> str:
    """Where anybody reads a round's money, days and rules."""
    return f"{base_url()}/rounds/{round_slug}"


def programme_bid_page(event_slug: str, reference: str) -> str:
    """Where anybody reads one bid of an event whose page is public."""
    return f"{base_url()}/events/{event_slug}/bids/{reference}"


def paper_address(locality_slug: str, meeting_id: int, paper_id: int) -> str:
    """Where anybody reads a paper of a meeting."""
    return f"{meeting_page(locality_slug, meeting_id)}/papers/{paper_id}"


def api_address(collection: str, row_id: str = "") -> str:
    """Where a program reads a collection, or one row of it."""
    return f"{base_url()}/api/v1/{collection}" + (f"/{row_id}" if row_id else "")
