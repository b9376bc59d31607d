"""Things that people do at the same moment."""

import threading
from collections.abc import Callable


def together(*verbs: Callable[[], object]) -> None:
    """Do each in a thread of its own, all begun at once; back when the last has ended."""
    start = threading.Barrier(len(verbs))

    def do(verb: Callable[[], object]) -> None:
        start.wait()
        verb()

    threads = [threading.Thread(target=do, args=(verb,)) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
