"""Whether rows of lists speak of one person: in one go, while a clerk types, and why."""
