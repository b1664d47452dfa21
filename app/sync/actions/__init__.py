"""Receiving batches of records, and files in chunks."""
