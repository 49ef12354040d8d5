"""Stages of return: announced a week ahead, opened only by accepted schools, closed where a case is."""
