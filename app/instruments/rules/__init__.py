"""What instruments admit, and what change in their scores is more than the measurement's own error."""
