"""Claims, their lines, states and decisions."""
