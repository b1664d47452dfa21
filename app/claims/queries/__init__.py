"""Reads of claims and lines, always bounded by the actor."""
