"""Who a person is, as rules."""
