"""Tasks: what a directive gives each unit to do, and the bodies that must stand for it."""
