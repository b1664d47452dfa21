"""The participant's picture: what they said, what changed, who has read it; theirs to see and to dispute."""
