"""The desk's view of all funded groups: who stays with them, how they are doing, what is late."""
