"""Import of published statistics: read, staged beside the store, compared, stored all or nothing, undone."""
