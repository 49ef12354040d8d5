"""The API of all wings under one address: each wing lists its rooms' routers in `urls.routers`."""

from importlib import import_module

from hucheng.config.settings import WINGS
from hucheng.core.api import new_api

api = new_api()
for wing in WINGS:
    for router in getattr(import_module(f"hucheng.{wing}.urls"), "routers", []):
        api.add_router("", router)
