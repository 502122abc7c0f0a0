"""Facts about finding the words of another language."""
