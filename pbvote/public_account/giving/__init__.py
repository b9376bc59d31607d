"""The council's grants as 360Giving data: one file at one address, examined before an organiser publishes it."""
