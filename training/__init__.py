"""What makes the shipped weights; never imported when a question is answered."""
