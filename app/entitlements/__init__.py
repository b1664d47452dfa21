"""What is owed and what is missing, by pure rules."""
