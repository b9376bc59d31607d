"""Check-ins: what a mentor logs after a visit or a call, and when the next visit is due."""
