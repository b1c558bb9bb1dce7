"""Text stages: decode -> segment -> match -> decide -> apply, pure functions from bytes to Result."""
