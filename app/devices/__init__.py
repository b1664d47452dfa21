"""An organisation's tablets: their outboxes, what was parked or quarantined, cases of lost queues."""
