"""Facts about knowledge."""
