"""Where citizens write: each channel turns what arrives into events, and shows the replies."""
