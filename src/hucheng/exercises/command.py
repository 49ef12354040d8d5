"""`hucheng demo`: load, serve and advance the demonstration city."""

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import click

SCENARIO = "taiyuan-2020"


@click.group("demo", invoke_without_command=True, help="演示城市，人物虚构 · The demonstration city, invented people")
@click.option("--home", type=click.Path(path_type=Path), default=Path("var/demo"), help="数据目录 · data folder")
@click.option(
    "--minutes",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="用这份纪要代替演示纪要，重新装载 · load again with these minutes in place of the demonstration's own",
)
@click.pass_context
def demo(context: click.Context, home: Path, minutes: Path | None) -> None:
    """Choose the demonstration's own home, apart from any real installation; without a command, start it."""
    os.environ["HUCHENG_HOME"] = str(home.resolve())
    os.environ["HUCHENG_EXERCISE"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hucheng.config.settings")
    os.environ.pop("DATABASE_URL", None)
    if minutes:
        _check_minutes(minutes)
    if context.invoked_subcommand is None:
        context.invoke(start, reset=minutes is not None)


@demo.command("start", help="首次装载后启动服务 · Load at the first start, then serve")
@click.option("--port", default=8000, show_default=True, help="端口 · port")
@click.option("--reset", is_flag=True, help="重新装载 · load again from the beginning")
@click.option("--load-only", is_flag=True, help="只装载不启动 · load and stop")
def start(port: int, reset: bool, load_only: bool) -> None:
    """Make the city when it is not there, tell address and sign-ins, serve until stopped."""
    home = Path(os.environ["HUCHENG_HOME"])
    if reset and home.exists():
        shutil.rmtree(home)
    if not (home / "loaded").exists():
        _load(home)
    else:
        _resume()
    _tell(port)
    if not load_only:
        sys.exit(_serve(port))


@demo.command("advance", help="推进模拟时钟 · Advance the simulated clock")
@click.option("--days", type=float, default=0.0, help="天 · days")
@click.option("--hours", type=float, default=0.0, help="小时 · hours")
def advance(days: float, hours: float) -> None:
    """Play the next days of the story in a demonstration that is loaded."""
    _django()
    from hucheng.core import clock
    from hucheng.exercises.replay.play import play
    from hucheng.exercises.replay.story import Story

    story, now = Story(SCENARIO), clock.now()
    until = min(now + timedelta(days=days, hours=hours), story.end)
    if until <= now:
        raise click.ClickException("请给出 --days 或 --hours；故事止于 4 月 30 日 · give --days or --hours")
    play(story, now, until, click.echo)
    click.echo(f"{until:%Y-%m-%d %H:%M}")


def _check_minutes(minutes: Path) -> None:
    from hucheng.engines.minutes import DocumentUnreadable, read_file

    try:
        read_file(minutes.read_bytes(), minutes.name)
    except DocumentUnreadable as no:
        raise click.ClickException(f"{no.why.zh}{no.do.zh} · {no.why.en} {no.do.en}") from no
    os.environ["HUCHENG_DEMO_MINUTES"] = str(minutes.resolve())


def _load(home: Path) -> None:
    click.echo("装载演示城市，约一分钟 · loading the demonstration city, about a minute")
    if home.exists():
        shutil.rmtree(home)
    _django()
    from django.core.management import call_command

    from hucheng.exercises.replay.play import found_city, name_a_traveller, play
    from hucheng.exercises.replay.story import Story

    call_command("migrate", verbosity=0)
    story = Story(SCENARIO)
    found_city(story)
    play(story, story.start - timedelta(minutes=1), story.pause, click.echo)
    name_a_traveller(story.pause)
    waiting = story.waiting(story.pause)
    shown = ", ".join(f"{act} {count}" for act, count in sorted(waiting.items()))
    click.echo(f"{waiting.total()} 个动作待房间建成 · acts wait for rooms: {shown}")
    (home / "loaded").touch()


def _resume() -> None:
    """The story stood still while nobody served it."""
    _django()
    from django.core.management import call_command

    from hucheng.core.clock.actions import set_simulated_clock
    from hucheng.core.clock.queries import shown_when_last_set
    from hucheng.core.scope.actor import SYSTEM

    call_command("migrate", verbosity=0)
    set_simulated_clock(actor=SYSTEM, at=shown_when_last_set())


def _tell(port: int) -> None:
    from hucheng.exercises.replay.staff import COLLEAGUES, PASSWORD

    click.echo(f"\n护城 Hucheng  http://127.0.0.1:{port}/\n口令 password: {PASSWORD}")
    for one in COLLEAGUES:
        if one.shown:
            click.echo(f"  {one.username:<10} {one.name} · {one.title} · {one.role.value}")
    click.echo("  traveller  旅客本人 · own page · traveller\n")


def _serve(port: int) -> int:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "1", "hucheng.config.wsgi:application"]
    return subprocess.call(command)  # noqa: S603


def _django() -> None:
    import django

    django.setup()
