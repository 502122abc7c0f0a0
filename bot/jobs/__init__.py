"""What is done by the clock: idempotent sweeps, each run by one process at a time (the one home of APScheduler)."""
