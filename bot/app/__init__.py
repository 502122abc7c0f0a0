"""The composition root: each role built from its parts, and the supervisor that runs roles as processes."""
