"""Work that outlives a request: rows with leases, and the worker that takes them up."""
