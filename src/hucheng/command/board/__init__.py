"""The board: both fronts on one screen."""
