"""Versioned sets of ladders; the library holds those that ship."""
