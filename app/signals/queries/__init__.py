"""Reads of signals, bounded by the actor, and the gathering of what a look is given."""
