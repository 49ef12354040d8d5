"""Handover: people released from their houses are taken to their counties, by the county's teams or the city's."""
