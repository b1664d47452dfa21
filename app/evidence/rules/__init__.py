"""What counts as evidence, what is verified first, and which files are safe to keep."""
