"""What is remembered: sealed tips, encrypted sessions, and the record of who did what."""
