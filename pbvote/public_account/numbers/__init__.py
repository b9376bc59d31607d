"""A partnership by numbers: one strip, every figure with its sentence, all partnerships side by side."""
