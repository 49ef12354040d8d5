"""Lists of directives from a sheet: read, looked at row by row, then taken in (ISS-25)."""
