"""Versioned price lists and the rates on them."""
