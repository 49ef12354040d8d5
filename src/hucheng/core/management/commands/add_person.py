"""Lets somebody sign in with one role at one place."""

import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, transaction

from hucheng.core import clock
from hucheng.core.accounts.actions import add_person, grant_role
from hucheng.core.accounts.models import User
from hucheng.core.places.queries import place_names
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import UNIT_ROLES, Role


class Command(BaseCommand):
    """`hucheng manage add_person NAME --role ROLE --place CODE [--unit UNIT]`."""

    help = "新增人员或为其增加一个角色 · Add a person, or give a known one another role"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take who, which role, where."""
        roles = [role.value for role in Role if role != Role.SYSTEM]
        parser.add_argument("username", help="登录名 · sign-in name")
        parser.add_argument("--name", default="", help="显示姓名 · name that colleagues see")
        parser.add_argument("--title", default="", help="职务 · title")
        parser.add_argument("--role", required=True, choices=roles, help="角色 · role")
        parser.add_argument("--place", required=True, help="行政区划代码，如 140100 · code of the place")
        parser.add_argument("--unit", default="", help="酒店、学校编号或旅客标识 · house, school or arrival")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for a password where the person is new; refuse an unknown place or a role without its unit."""
        role = Role(options["role"])
        if options["place"] not in place_names():
            raise CommandError(f"没有这个区划：{options['place']} · no such place; run load_city first")
        if role in UNIT_ROLES and not options["unit"]:
            raise CommandError(f"{role} 须指定 --unit · this role needs --unit")
        person = User.objects.filter(username=options["username"]).first()
        with transaction.atomic():
            person = person or self._new(options)
            given = {"role": role, "place": options["place"], "unit": options["unit"]}
            grant_role(actor=SYSTEM, user_id=person.pk, at=clock.now(), **given)
        self.stdout.write(f"{person.username}: {role} {options['place']} {options['unit']}".rstrip())

    def _new(self, options: dict[str, Any]) -> User:
        password = getpass.getpass("口令 password: ")
        if password != getpass.getpass("再次输入 again: "):
            raise CommandError("两次口令不同 · the two passwords differ")
        try:
            validate_password(password)
            return add_person(
                actor=SYSTEM,
                username=options["username"],
                password=password,
                display_name=options["name"] or options["username"],
                title=options["title"],
                at=clock.now(),
            )
        except ValidationError as weak:
            raise CommandError(" ".join(weak.messages)) from weak
        except IntegrityError as taken:
            raise CommandError("登录名已被占用 · the sign-in name is taken") from taken
