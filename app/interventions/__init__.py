"""Support given, and contacts tried and made."""
