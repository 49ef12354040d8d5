"""The jurisdiction tree (GB/T 2260) and the organisations of the city."""
