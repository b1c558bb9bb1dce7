"""What shows that the program can be trusted: hostile input, invariants at scale, hours of work; see docs/reliability.md."""
