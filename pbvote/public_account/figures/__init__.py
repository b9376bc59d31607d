"""The ledger of figures: each is defined in one sentence, and computed in one place as at a day."""
