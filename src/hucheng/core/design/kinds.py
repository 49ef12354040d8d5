"""Status words of the design language: a kind has an icon, a word and a colour, never one alone."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "ok": ("circle-check", _("Met")),
    "held": ("shield-check", _("Held")),
    "run": ("progress", _("Running")),
    "warn": ("alert-triangle", _("Due soon")),
    "bad": ("clock-exclamation", _("Behind")),
    "blind": ("eye-off", _("Blind")),
    "refused": ("shield-x", _("Entry refused")),
    "hospital": ("ambulance", _("Hospital")),
    "quarantine": ("building", _("Central quarantine")),
    "onward": ("plane-departure", _("Onward")),
    "hold": ("hourglass", _("On hold")),
    "waiting": ("hourglass", _("Not yet triaged")),
    "revoked": ("shield-x", _("Revoked")),
    "info": ("info-circle", _("Note")),
}
COLOUR = {"held": "ok", "info": "run"}
"""Kinds that share the colour of another."""
