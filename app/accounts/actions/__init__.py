"""Signing in and out, passwords, one-time links, and an organisation's people."""
