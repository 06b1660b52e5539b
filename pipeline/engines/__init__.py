"""Where articles are read: in this process, or in a pool of processes; the same bytes either way."""
