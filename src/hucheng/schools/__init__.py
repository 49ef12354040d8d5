"""Schools: ten in place, accepted school by school, opened stage by stage."""
