"""Triage: dated rules, inputs, reasons; judged again whenever a fact changes."""
