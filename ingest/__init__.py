"""From source files to an index: reading, cleaning, chunking, embedding, storing."""
