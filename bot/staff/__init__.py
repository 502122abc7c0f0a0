"""The reviewers' side: the web console, on a port and a host name of its own."""
