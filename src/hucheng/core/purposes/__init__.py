"""Why each field about a person is kept, on which legal ground, and until when (R-01)."""
