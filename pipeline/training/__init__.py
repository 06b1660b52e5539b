"""Gold, corpora, training and measuring: nothing here runs in a plain `run`."""
