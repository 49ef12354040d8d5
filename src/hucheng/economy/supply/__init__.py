"""Supply: prices, stock, and alerts that somebody must answer."""
