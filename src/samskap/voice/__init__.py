"""Si ifra: a report reaches the right adult, sealed, and is never lost."""
