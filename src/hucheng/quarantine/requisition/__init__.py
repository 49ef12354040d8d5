"""Houses: ordered, certified, activated, given back."""
