"""Early signals: unusual absence, and cases not yet reported."""
