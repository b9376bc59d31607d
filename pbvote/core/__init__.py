"""Plain Python that every room leans on: money, codes, keys, the ledger's hashes, the clock. It knows no framework."""
