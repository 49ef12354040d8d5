"""Every address of the house."""

from django.urls import include, path
from django.views.i18n import set_language

from hucheng.config.api import api
from hucheng.config.settings import WINGS
from hucheng.core.accounts import pages as accounts
from hucheng.core.design import pages as design
from hucheng.core.purposes.pages import purposes_page
from hucheng.core.scope.pages import public

urlpatterns = [
    path("", accounts.home, name="home"),
    path("sign-in/", accounts.sign_in, name="sign_in"),
    path("sign-out/", accounts.sign_out, name="sign_out"),
    path("role/", accounts.choose_role, name="choose_role"),
    path("language/", public(set_language), name="set_language"),
    path("purposes/", purposes_page, name="purposes"),
    path("design/", design.component_sheet, name="component_sheet"),
    path("api/v1/", api.urls),
    *(path(f"{wing}/", include((f"hucheng.{wing}.urls", wing), namespace=wing)) for wing in WINGS),
]
