"""The command `hucheng`. The engines' commands load no web framework; the rest goes through `config`."""

import os
import sys
from importlib import import_module

import click

COMMANDS = {
    "minutes": ("hucheng.engines.minutes.command:minutes", "会议纪要 · Minutes of meetings"),
    "manifest": ("hucheng.engines.manifests.command:manifest", "旅客名单 · Passenger lists"),
    "rules": ("hucheng.engines.rules.command:rules_group", "判定表 · Decision tables"),
    "pass": ("hucheng.engines.papers.command:pass_group", "通行证 · Onward passes"),
    "paper": ("hucheng.engines.papers.official.command:paper", "公文 · Official documents"),
    "link": ("hucheng.engines.linkage.command:link_group", "名单比对 · Link lists of persons"),
    "fire": ("hucheng.engines.fireweather.command:fire", "森林火险 · Fire weather"),
    "plan": ("hucheng.engines.planning.command:plan", "规划 · Plans of houses, rooms, buses, staff"),
    "rooms": (
        "hucheng.engines.planning.rooms.command:rooms_group",
        "调房与落地安排 · Rooms after a zone closes or a flight lands",
    ),
    "risk": ("hucheng.engines.risk.command:risk", "风险评估 · Risk of travel and spread"),
    "demo": ("hucheng.exercises.command:demo", "演示城市 · The demonstration city"),
}


class Lazy(click.Group):
    """Commands that are imported when they are called, so that help is quick and engines stay alone."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands."""
        return [*COMMANDS, "manage"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command; None for an unknown name."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, _colon, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        rows = [(name, help_text) for name, (_target, help_text) in COMMANDS.items()]
        with formatter.section("命令 · Commands"):
            formatter.write_dl([*rows, ("manage", "Django 管理命令 · Django's management commands")])


@click.group(cls=Lazy, help="护城：城市疫情指挥平台。 Hucheng: a city's epidemic command platform.")
@click.version_option(package_name="hucheng", message="hucheng %(version)s")
def main() -> None:
    """Hold the commands together."""


@main.command(
    "manage",
    help="Django 管理命令 · Django's management commands",
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Pass everything on to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hucheng.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["hucheng manage", *arguments])
    sys.exit(0)
