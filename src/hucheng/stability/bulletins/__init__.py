"""Answering the public: questions, answers with source and version, claims met with facts, the daily bulletin."""
