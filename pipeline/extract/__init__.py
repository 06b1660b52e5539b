"""Find people, roles, institutions, locations and who holds what: the only stage that imports spaCy."""
