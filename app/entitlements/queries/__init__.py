"""Reads of entitlements: the facts that the rules are given, the claimable board, one person's."""
