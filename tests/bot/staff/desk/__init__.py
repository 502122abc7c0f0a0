"""Facts about the staff's desk in Telegram."""
