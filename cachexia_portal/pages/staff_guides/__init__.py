"""Help for the staff, on the staff pages: the files of `docs/guides`, as they stand in the repository."""
