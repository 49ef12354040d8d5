"""Who acts, at which place, and which rows that lets them see."""
