"""Each role's work today."""
