"""A system check: every map layer that a deployer has put into the house can be drawn."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from hucheng.core.design.maps import faults_in


def layer_folder() -> Path:
    """Where a deployer puts approved layers."""
    return Path(settings.HOME) / "layers"


@register()
def layers_can_be_drawn(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """Name each file of `layers/` that is no GeoJSON of lines or areas in degrees."""
    hint = "Replace it with an approved GeoJSON layer in WGS 84, or take it away."
    return [Error(fault, id="hucheng.E003", hint=hint) for fault in faults_in(layer_folder())]
