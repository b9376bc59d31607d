"""The ledger of an event: what was done, chained and never changed."""
