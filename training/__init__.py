"""What makes the weights that the program ships; never imported at run time."""
