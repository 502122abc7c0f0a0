"""Facts about the staff console."""
