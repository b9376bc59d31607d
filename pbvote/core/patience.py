"""How long anyone waits who has failed too often, and what counts as one place on the network."""

import datetime as dt
import ipaddress
import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """So many failures are free; each one after them doubles the wait, up to the longest.

    Once nothing has failed for as long as `kept`, all is forgotten.
    """

    free: int
    longest: dt.timedelta
    kept: dt.timedelta
    first: dt.timedelta = dt.timedelta(minutes=1)

    def wait_after(self, times: int) -> dt.timedelta:
        """How long to wait from the last of this many failures."""
        if times < self.free:
            return dt.timedelta(0)
        doublings = min(times - self.free, 30)
        return min(self.first * (1 << doublings), self.longest)


def in_words(wait: dt.timedelta) -> str:
    """A wait as people say it, never shorter than it is."""
    minutes = math.ceil(wait.total_seconds() / 60)
    if minutes <= 1:
        return "a minute"
    return f"{minutes} minutes" if minutes <= 90 else f"{math.ceil(minutes / 60)} hours"


def network_of(address: str | None) -> str:
    """The network that an address is of: of IPv6 the first 64 bits, since one home has them all; of IPv4 the address.

    An IPv4 address that is written as an IPv6 one is the same. What can't be read is one place for all.
    """
    try:
        read = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(read, ipaddress.IPv4Address):
        return str(read)
    if read.ipv4_mapped:
        return str(read.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(read) >> 64 << 64, 64)))
