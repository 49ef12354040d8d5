"""Ten in place: a school declares, another inspects, three lines sign."""
