"""The wing of exercises."""

from django.apps import AppConfig


class ExercisesConfig(AppConfig):
    """The demonstration and its score."""

    name = "hucheng.exercises"
    label = "exercises"
