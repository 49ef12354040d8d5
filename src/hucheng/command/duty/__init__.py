"""Duty: which city leader leads on which day."""
