"""The staff's desk in Telegram (the one home of aiogram): notices out, triage by buttons, and no reporter's word."""
