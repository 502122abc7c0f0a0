"""What an editor of patterns is told: what is missing, what collides, what goes astray, what a change did."""
