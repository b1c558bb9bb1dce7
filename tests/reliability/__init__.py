"""What shows that the program can be trusted: hostile input, invariants, faults, long work (docs/reliability.md)."""
