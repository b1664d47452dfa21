"""Package areas, contracts, subcontracts, payment groups and notices."""
