"""Addresses of schools and its places in the rail."""

app_name = "schools"
urlpatterns: list[object] = []
