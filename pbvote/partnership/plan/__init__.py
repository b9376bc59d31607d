"""A partnership's locality plan: its stages, and what is done and paid for under each priority."""
