"""Users, memberships, sign-in, sessions and devices; makes the actor."""
