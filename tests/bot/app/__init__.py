"""Facts about roles, their processes, and what they are built from."""
