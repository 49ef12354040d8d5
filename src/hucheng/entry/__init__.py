"""Entry: from the passenger list to hospital, quarantine or the onward flight."""
