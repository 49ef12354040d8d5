"""One person, many lists: the register of who has come from abroad."""
