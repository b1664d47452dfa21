"""Documents, packs and schedules."""
