"""Addresses of the register; it has no page of its own yet."""

from django.urls import URLPattern

app_name = "people"
urlpatterns: list[URLPattern] = []
