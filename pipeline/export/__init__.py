"""Write the dataset, read it back, and turn it into what other tools take."""
