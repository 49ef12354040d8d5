"""Lists of schools and of their items, taken in as workbooks or CSV."""
