"""Reads of each role's work today, always bounded by the actor."""
