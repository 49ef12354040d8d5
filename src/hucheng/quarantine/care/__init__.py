"""Care: requests with a clock; an emergency waits for nothing."""
