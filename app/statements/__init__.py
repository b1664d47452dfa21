"""The month's account of a contract."""
