"""The spine of every fact: append-only records, corrections, withdrawals, receipts."""
