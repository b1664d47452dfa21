"""What a commissioner's lines are measured by: routine estimates, signed inputs, and the state they give."""
