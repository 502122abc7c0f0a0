"""What is said and done: the conversation, the services round it, and the faces people meet."""
