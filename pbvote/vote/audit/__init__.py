"""What anybody can check a result with."""
