"""Books of notebooks, built for many editions: what is run again, kept, joined, put in place. README.md says how."""
