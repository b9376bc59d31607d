"""A council's several machines on this one: built from the files of `deploy/several-machines`, tried, taken down again.

Each machine has network, processes, mounts and a name of its own. All stand in namespaces of one process, so that the
kernel ends and forgets them with it, however it ends.
"""
