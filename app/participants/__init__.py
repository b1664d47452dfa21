"""The person on a contract: details, NINO, restriction, assignment to advisers."""
