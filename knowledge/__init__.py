"""What is known about scams: patterns, hotlines, how text is read and compared; it knows nothing of bot or storage."""
