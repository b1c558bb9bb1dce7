"""What shows that the program can be trusted: hostile input, invariants at scale, long work (docs/reliability.md)."""
