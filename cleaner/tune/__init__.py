"""Weights from labelled lines: labelled -> evidence -> fit -> hold, measured on sites kept apart."""
