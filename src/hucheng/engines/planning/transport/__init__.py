"""Transport: unsplittable parties from the port to their houses, cohorts apart, by vehicles with a shift and a wash."""
