"""Reads of enrolments, always bounded by the actor."""
