"""Everything that the assistant says in its own words, in Danish and English."""
