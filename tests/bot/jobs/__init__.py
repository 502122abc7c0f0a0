"""Facts about what is done by the clock."""
