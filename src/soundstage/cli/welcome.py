"""What a server says when it starts: where it is, and how the first administrator comes to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from soundstage.settings import Settings

SET_UP = """\
There is no administrator yet. Within 24 hours, make one in one of these ways:
  open   {url}/setup#token={token}
  type   soundstage user create-admin
  call   curl -s {url}/api/auth/setup -H 'content-type: application/json' \\
           -d '{{"token": "{token}", "email": "YOU@EXAMPLE.COM", "username": "YOU", "password": "..."}}'"""

UNENCRYPTED = (
    "Passwords travel unencrypted to {host}: put a proxy with TLS in front, and set SOUNDSTAGE_PUBLIC_URL=https://..."
)


def welcome(settings: Settings, url: str, set_up_token: str | None) -> None:
    """To stderr, and never to a log: the token makes an administrator."""
    from soundstage.api.listening import is_loopback

    typer.echo(f"Soundstage is at {url}", err=True)
    if set_up_token is not None:
        typer.echo(SET_UP.format(url=url, token=set_up_token), err=True)
    if not is_loopback(settings.host) and not url.startswith("https:"):
        typer.echo(UNENCRYPTED.format(host=settings.host), err=True)
