"""What the hall is shown just now: the scene, the group that presents, its timer, how far the announcement has come."""
