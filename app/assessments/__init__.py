"""What each rater answered in a sitting."""
