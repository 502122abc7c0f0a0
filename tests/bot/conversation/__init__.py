"""Facts about the conversation."""
