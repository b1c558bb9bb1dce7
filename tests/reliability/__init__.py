"""What shows that the program can be trusted: hostile input, faults, hours of work; see docs/reliability.md."""
