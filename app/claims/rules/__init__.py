"""Pure rules of claims: states, reasons, different humans, the frozen line, the schedule's CSV."""
