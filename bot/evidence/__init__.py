"""Pictures, recordings and files: what they are, and what can be read off them."""
