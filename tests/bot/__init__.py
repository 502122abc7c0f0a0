"""Facts about bot."""
