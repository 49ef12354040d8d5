"""Published numbers computed again by the engine's general functions."""
