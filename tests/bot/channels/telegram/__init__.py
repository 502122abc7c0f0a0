"""The citizens' bot in Telegram, part by part, and over a Bot API on loopback."""
