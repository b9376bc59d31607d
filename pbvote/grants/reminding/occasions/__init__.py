"""What people are reminded of: one file for each kind."""

from pbvote.grants.reminding.occasions import offers, reports, visits, worries

__all__ = ["offers", "reports", "visits", "worries"]
