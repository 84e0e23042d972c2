"""Which unit a file speaks of: through new numbers, new names, and files that have names only."""
