"""The decisions of a check: which findings count, and how many of them pass."""
