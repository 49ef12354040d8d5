"""Every write is an action and leaves a line; every look at a person leaves a trace."""
