"""Runs the queue and the daily list; start one beside the web server (several on PostgreSQL)."""

import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from hucheng.core import clock
from hucheng.core.jobs.rounds import run_due
from hucheng.core.scope.actor import SYSTEM


class Command(BaseCommand):
    """`hucheng manage run_jobs`."""

    help = "执行排队任务与每日任务 · Run queued and daily jobs"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `--once` and `--every`."""
        parser.add_argument("--once", action="store_true", help="一轮后退出 · stop after one round")
        parser.add_argument("--every", type=float, default=5.0, help="间隔秒数 · seconds between rounds")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do rounds until stopped."""
        while True:
            for run in run_due(actor=SYSTEM, at=clock.now()):
                if run.failure:
                    self.stderr.write(f"每日任务失败 · daily work failed: {run.name}: {run.failure}")
            call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
            if options["once"]:
                return
            time.sleep(options["every"])
