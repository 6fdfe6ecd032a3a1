"""How long a test waits for an event before it gives up. It measures nothing: a loaded machine is slow, and that is no fault."""

PATIENCE = 240.0
"""Seconds."""
