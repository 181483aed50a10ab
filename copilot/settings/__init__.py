"""What a person may set: the table of settings and the file they are kept in."""
