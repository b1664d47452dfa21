"""Batches from devices, receipts and chunked files."""
