"""Reads for exports: an asker's own, the documents of lines, and what an organisation owns."""
