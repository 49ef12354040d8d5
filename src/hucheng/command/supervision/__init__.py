"""Supervision: tasks that are late or blind, one reminder a day, notes that wait for an answer."""
