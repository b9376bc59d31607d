"""What a process that serves does about its memory."""

import gc


def settle_memory() -> None:
    """Take what is loaded out of the garbage collector's rounds: once, when the app is made and nothing was asked yet.

    A page that lists 500 bids makes thousands of objects, and each few hundred start a round. The longer rounds would
    look through the whole program, which never becomes garbage: they took more time than the page itself.
    """
    gc.collect()
    gc.freeze()
