"""`hucheng demo`: load, serve and advance the demonstration city."""

import errno
import os
import shutil
import socket
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import click

from hucheng.exercises.replay.lock import PLAYING, SERVING, only_one

LOADED, MARK = "loaded", "hucheng-demo"
"""Files of a demonstration's home: everything is loaded; this folder is ours to empty."""


@click.group("demo", invoke_without_command=True, help="演示城市，人物虚构 · The demonstration city, invented people")
@click.option(
    "--home", type=click.Path(path_type=Path, file_okay=False), default=Path("var/demo"), show_default=True,
    help="数据目录 · data folder",
)  # fmt: skip
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
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="端口 · port")
@click.option("--reset", is_flag=True, help="重新装载 · load again from the beginning")
@click.option("--load-only", is_flag=True, help="只装载不启动 · load and stop")
def start(port: int, reset: bool, load_only: bool) -> None:
    """Make the city when it is not there, tell address and sign-ins, serve until stopped."""
    home = _home()
    if not load_only:
        _refuse_taken(port)
    _refuse_strange(home)
    with only_one(home, SERVING) as mine:
        if not mine:
            _no("这个演示已在运行：先停止它，或用 --home 另选目录",
                "this demonstration runs already: stop it first, or choose another folder by --home")  # fmt: skip
        if reset:
            _empty(home)
        (home / MARK).touch()
        _play_alone(home, lambda: _resume() if (home / LOADED).exists() else _load(home))
        _tell(port)
        if not load_only:
            sys.exit(_serve(port))


@demo.command("advance", help="推进模拟时钟 · Advance the simulated clock")
@click.option("--days", type=click.FloatRange(0), default=0.0, help="天 · days")
@click.option("--hours", type=click.FloatRange(0), default=0.0, help="小时 · hours")
def advance(days: float, hours: float) -> None:
    """Play the next days of the story in a demonstration that is loaded."""
    home = _home()
    if not (home / LOADED).exists():
        _no("还没有装载：先运行 hucheng demo start", "nothing is loaded here: run `hucheng demo start` first")
    if not days and not hours:
        _no("请给出 --days 或 --hours", "give --days or --hours")
    _play_alone(home, lambda: _advance(timedelta(days=days, hours=hours)))


def _advance(by: timedelta) -> None:
    _django()
    from hucheng.core import clock
    from hucheng.core.refusal import Refusal
    from hucheng.core.scope.actor import SYSTEM
    from hucheng.exercises.replay.actions import ask_advance
    from hucheng.exercises.replay.play import finish, stands_at
    from hucheng.exercises.replay.queries import open_advance
    from hucheng.exercises.replay.story import Story
    from hucheng.exercises.scenarios import SCENARIO

    story = Story(SCENARIO)
    if left := open_advance(SYSTEM):
        finish(story, left, click.echo)
    now = clock.now()
    try:
        asked = ask_advance(actor=SYSTEM, since=stands_at(story), until=now + by, end=story.end, at=now)
    except Refusal as no:
        _no(f"故事止于 {story.end:%m-%d %H:%M}，之前已没有可演的内容", f"{no.why} {no.do}")
    finish(story, asked, click.echo)
    _sum_up()


def _check_minutes(minutes: Path) -> None:
    from hucheng.engines.minutes import DocumentUnreadable, read_file

    try:
        read_file(minutes.read_bytes(), minutes.name)
    except DocumentUnreadable as no:
        raise click.ClickException(f"{no.why.zh}{no.do.zh} · {no.why.en} {no.do.en}") from no
    os.environ["HUCHENG_DEMO_MINUTES"] = str(minutes.resolve())


def _refuse_taken(port: int) -> None:
    """Say early, and with a way out, that somebody else listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as no:
            if no.errno == errno.EACCES:
                _no(
                    f"无权使用端口 {port}：请用 --port 另选一个",
                    f"port {port} needs more rights: use --port",
                )
            _no(f"端口 {port} 已被占用：请用 --port {port + 1} 另选一个，或先停止占用它的程序",
                f"port {port} is taken: choose another, as --port {port + 1}, or stop what listens there")  # fmt: skip


def _refuse_strange(home: Path) -> None:
    """Never load into, nor empty, a folder that holds anything but a demonstration."""
    ours = {MARK, LOADED, SERVING, PLAYING}
    if home.is_dir() and (names := {one.name for one in home.iterdir()}) and not names & ours:
        _no(f"目录 {home} 不是演示目录，里面的文件不会被动：请用 --home 另选一个空目录",
            f"{home} is no demonstration and stays as it is: choose an empty folder by --home")  # fmt: skip


def _empty(home: Path) -> None:
    for one in home.iterdir():
        if one.name in (SERVING, MARK):
            continue
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one)
        else:
            one.unlink()


def _play_alone(home: Path, work: Callable[[], None]) -> None:
    with only_one(home, PLAYING) as mine:
        if not mine:
            _no("故事正在推进：请等它结束，演示页面上可看进度",
                "the story goes on already: wait for its end; the page shows how far it is")  # fmt: skip
        work()


def _load(home: Path) -> None:
    click.echo("装载演示城市，约一分钟 · loading the demonstration city, about a minute")
    _django()
    from hucheng.exercises.replay.play import load
    from hucheng.exercises.replay.story import Story
    from hucheng.exercises.scenarios import SCENARIO

    load(Story(SCENARIO), click.echo)
    _sum_up()
    (home / LOADED).touch()


def _sum_up() -> None:
    """Where the story stands: acts that wait, acts refused, expectations that did not hold."""
    from hucheng.core import clock
    from hucheng.core.scope.actor import SYSTEM
    from hucheng.exercises.replay.queries import refused_count, waiting
    from hucheng.exercises.scenarios import SCENARIO, written
    from hucheng.exercises.score.expectations import expectations
    from hucheng.exercises.score.queries import score

    acts = waiting(SYSTEM)
    named = ", ".join(f"{one.act} {one.count}" for one in acts)
    found = score(SYSTEM, expectations(written(SCENARIO)))
    click.echo(f"{clock.now().astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}")
    click.echo(f"{sum(one.count for one in acts)} 个动作待房间建成 · acts wait for rooms: {named or '-'}")
    click.echo(f"{refused_count(SYSTEM)} 个动作被拒绝 · acts refused")
    click.echo(
        f"期望：成立 {found.held}，不成立 {found.broken}，暂不可读 {found.blind}，未到时间 {found.to_come} · "
        f"expectations: {found.held} held, {found.broken} not held, {found.blind} not readable, {found.to_come} to come"
    )
    for line in found.lines:
        if line.state == "broken" and line.finding:
            one, value = line.expectation, line.finding.found
            click.echo(f"  不成立 · not held: {one.zh} · {one.name}: {value:g}, {one.shown_wanted}")


def _resume() -> None:
    """The story stood still while nobody served it; the clock goes on behind the last act, never before one."""
    _django()
    from hucheng.core.audit.queries import last_act_at
    from hucheng.core.clock.actions import set_simulated_clock
    from hucheng.core.clock.queries import shown_when_last_set
    from hucheng.core.scope.actor import SYSTEM

    shown = shown_when_last_set()
    set_simulated_clock(actor=SYSTEM, at=max(shown, last_act_at() or shown))


def _tell(port: int) -> None:
    from hucheng.exercises.replay.staff import COLLEAGUES, PASSWORD

    click.echo(f"\n护城 Hucheng  http://127.0.0.1:{port}/\n口令 password: {PASSWORD}")
    for one in COLLEAGUES:
        if one.shown:
            click.echo(f"  {one.username:<10} {one.name} · {one.title} · {one.role.value}")
    click.echo("  traveller  旅客本人 · own page · traveller\n")


def _serve(port: int) -> int:
    from hucheng.exercises.serve import WORKER, Pair, server_of

    return Pair(server_of(port), WORKER, click.echo).run()


def _django() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _home() -> Path:
    return Path(os.environ["HUCHENG_HOME"])


def _no(zh: str, en: str) -> NoReturn:
    raise click.ClickException(f"{zh} · {en}")
