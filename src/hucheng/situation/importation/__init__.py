"""Importation: published counts of imported cases, and public facts to show beside the board."""
