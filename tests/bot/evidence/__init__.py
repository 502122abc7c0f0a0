"""Tests of what files are and what is read off them."""
