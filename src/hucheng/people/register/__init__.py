"""The register: one row a human, with the reason why the row exists."""
