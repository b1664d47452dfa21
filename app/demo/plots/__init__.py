"""How lives go in the demo world: pure scripts of what is done when, by seed."""
