"""Observable events, and the library of their kinds."""
