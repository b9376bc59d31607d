"""What a partnership tells everybody: published by an editor now or at an hour, taken down with a reason."""
