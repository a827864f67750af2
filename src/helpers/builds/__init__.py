"""What this book hands in to be built (`bookbuild`): its recipe, pages over the editions, records, what ships, its PDF."""
