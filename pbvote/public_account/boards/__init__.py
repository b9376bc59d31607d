"""Board reports: what a committee of the council gets for a quarter, as a page and as a document."""
