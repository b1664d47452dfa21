"""The seal of what devices hold: its keys at rest, and the opening of items and files."""
