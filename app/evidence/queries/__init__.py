"""Reads of evidence and of what waits to be verified, always bounded by the actor."""
