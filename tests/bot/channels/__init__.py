"""Facts about where citizens write."""
