"""The conversation as a function of values: a session and an event in, a turn out; no clock, no I/O, no await."""
