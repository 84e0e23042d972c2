"""Floor 2: owner, units, schools, school years, persons, assignments, and how one signs in."""
