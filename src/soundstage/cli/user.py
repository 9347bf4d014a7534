"""`soundstage user`: accounts from the shell, for whoever may use the home folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from soundstage.core.errors import BadInput

if TYPE_CHECKING:
    from soundstage.studio.accounts.sessions import User

PASSWORD_VARIABLE = "SOUNDSTAGE_USER_PASSWORD"  # noqa: S105 - the name of a variable
MOST_LISTED = 10_000

app = typer.Typer(help="Accounts of people.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="USER", help="E-mail address, user name or id.")]
PasswordFile = Annotated[
    Path | None,
    typer.Option(help=f"A file that holds the password; or set {PASSWORD_VARIABLE}. Otherwise it is asked for."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]


@app.command("create-admin")
def create_admin(
    email: Annotated[str, typer.Option(prompt="E-mail address", help="Of the administrator.")],
    username: Annotated[str, typer.Option(prompt="User name", help="3 to 32 letters a-z, digits, dots, dashes.")],
    password_file: PasswordFile = None,
) -> None:
    """Make an administrator.

    The first one owns what commands made in this home.
    """
    from soundstage.cli.session import open_studio
    from soundstage.studio.accounts.registration import Applicant

    password = _password(password_file)
    with open_studio() as studio:
        user = studio.accounts.registration.create_administrator(Applicant(email, username, password))
    typer.echo(f"{user.username} is an administrator now.")


@app.command("list")
def list_users(as_json: AsJson = False) -> None:
    """List the accounts, newest first."""
    from soundstage.cli.session import open_studio
    from soundstage.studio.accounts.administration import UserFilter

    with open_studio() as studio:
        users = studio.accounts.administration.list_users(UserFilter(limit=MOST_LISTED))
    _show(users, as_json)


@app.command()
def disable(name: Name) -> None:
    """Lock a user out, at once."""
    _switch(name, is_disabled=True)


@app.command()
def enable(name: Name) -> None:
    """Let a user in again."""
    _switch(name, is_disabled=False)


@app.command("set-password")
def set_password(name: Name, password_file: PasswordFile = None) -> None:
    """Set a password, and end all sessions."""
    from soundstage.cli.session import open_studio
    from soundstage.studio.access import LOCAL_OWNER
    from soundstage.studio.accounts.visits import COMMAND_LINE

    with open_studio() as studio:
        user = studio.accounts.administration.named(name)
        studio.accounts.accounts.reset_password(user.id, _password(password_file), LOCAL_OWNER, COMMAND_LINE)
    typer.echo(f"{user.username} has a new password.")


def _switch(name: str, is_disabled: bool) -> None:
    from soundstage.cli.session import open_studio
    from soundstage.studio.access import LOCAL_OWNER
    from soundstage.studio.accounts.administration import UserChange
    from soundstage.studio.accounts.visits import COMMAND_LINE

    with open_studio() as studio:
        administration = studio.accounts.administration
        user = administration.named(name)
        administration.change(user.id, UserChange(is_disabled=is_disabled), LOCAL_OWNER, COMMAND_LINE)
    typer.echo(f"{user.username} is {'disabled' if is_disabled else 'enabled'} now.")


def _password(file: Path | None) -> str:
    """From the file, the environment or the terminal; never from the command line, which others can see."""
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(f"The password cannot be read from {file}: {error}.") from error
    if given := os.environ.get(PASSWORD_VARIABLE):
        return given
    asked: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return asked


def _show(users: list[User], as_json: bool) -> None:
    from dataclasses import asdict

    from soundstage.cli.output import add_row, console, print_json, table

    if as_json:
        for user in users:
            print_json(asdict(user))
        return
    rows = table("user", "e-mail", "role", "plan", "state", "id")
    for user in users:
        state = "disabled" if user.is_disabled else "enabled"
        add_row(rows, [user.username, user.email, user.role, user.plan, state, user.id])
    console().print(rows)
