"""Elections in the `.pb` format of the public library pabulib.org, read and written."""

from pbvote.tally.pabulib.errors import Finding, PabulibError
from pbvote.tally.pabulib.meta import official_rule, rule_named
from pbvote.tally.pabulib.reader import PabulibFile, read_pabulib
from pbvote.tally.pabulib.writer import write_pabulib

__all__ = ["Finding", "PabulibError", "PabulibFile", "official_rule", "read_pabulib", "rule_named", "write_pabulib"]
