"""Action plans: goals, owners and dates."""
