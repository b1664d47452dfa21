"""Batches, seals and files on the wire."""
