"""Evidence items, files and verification."""
