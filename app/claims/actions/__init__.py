"""Writes of claims: drafting, locking, submitting, deciding, and what a correction does to a line."""
