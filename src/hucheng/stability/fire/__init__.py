"""Fire weather: stations, daily observations, and the danger grade that follows from them."""
