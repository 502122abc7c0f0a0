"""Servers of others, for tests: on loopback, over real HTTP, strict about what they are asked."""
