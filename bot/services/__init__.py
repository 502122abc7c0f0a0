"""The shell round the core: one function is one use case, and each change carries its audit entry."""
