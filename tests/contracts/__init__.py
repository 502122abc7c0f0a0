"""What holds in every channel, told once and run over each."""
