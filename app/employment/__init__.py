"""Jobs and self-employment: spells with their hours."""
