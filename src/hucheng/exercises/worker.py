"""The worker of a demonstration: takes up an advance that was cut short, then does the queue and the daily work."""

import os

import django
from django.core.management import call_command

EVERY = 1.0
"""Seconds between two looks at the queue."""


def main() -> None:
    """Work until stopped."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hucheng.config.settings")
    django.setup()
    from hucheng.exercises.replay.background import take_up_again

    take_up_again()
    call_command("run_jobs", every=EVERY)


if __name__ == "__main__":
    main()
