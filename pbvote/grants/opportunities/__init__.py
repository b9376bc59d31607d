"""Money from elsewhere: what groups can ask others for, soonest last day first. It goes by itself after that day."""
