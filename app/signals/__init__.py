"""Signals: what stands out in a team's own records, told to the team first; never a verdict."""
