"""The read model: caseload, journey and holdings."""
