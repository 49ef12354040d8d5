"""Makes a token for a program."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hucheng.core import clock
from hucheng.core.accounts.actions import make_token
from hucheng.core.accounts.queries import grant_named
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role


class Command(BaseCommand):
    """`hucheng manage make_token NAME [--role ROLE]`."""

    help = "为程序生成令牌，只显示一次 · Make a token for a program, shown once"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whose role the program acts in."""
        parser.add_argument("username", help="登录名 · sign-in name")
        parser.add_argument(
            "--role", choices=[role.value for role in Role], help="多个角色时指定 · where there are several"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the token; only its digest is kept."""
        try:
            grant = grant_named(options["username"], options["role"])
        except LookupError as none:
            raise CommandError(f"{options['username']} 没有该角色 · holds no such role; run add_person first") from none
        self.stdout.write(make_token(actor=SYSTEM, grant_id=grant.pk, at=clock.now()))
