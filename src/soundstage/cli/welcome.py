"""What a server says when it starts: where it is, and how the first administrator comes to be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from soundstage.settings import Settings

STUDIO = "Soundstage is at {url} (open it in a browser)"
API_ALONE = "Soundstage is at {url} (the API alone: the page was not built; in a checkout, `make studio` builds it)"

SET_UP = """\
There is no administrator yet. Within 24 hours, make one in one of these ways:
{open}  type   soundstage user create-admin
  call   curl -s {url}/api/auth/setup -H 'content-type: application/json' \\
           -d '{{"token": "{token}", "email": "YOU@EXAMPLE.COM", "username": "YOU", "password": "..."}}'"""

OPEN = "  open   {url}/setup#token={token}\n"

UNENCRYPTED = (
    "Passwords travel unencrypted to {host}: put a proxy with TLS in front, and set SOUNDSTAGE_PUBLIC_URL=https://..."
)


def welcome(settings: Settings, url: str, set_up_token: str | None) -> None:
    """To stderr, and never to a log: the token makes an administrator."""
    from soundstage.api.page.folder import built_page

    for said in words(settings, url, set_up_token, has_page=built_page() is not None):
        typer.echo(said, err=True)


def words(settings: Settings, url: str, set_up_token: str | None, has_page: bool) -> Iterator[str]:
    """What is said, a paragraph at a time."""
    from soundstage.api.listening import is_loopback

    yield (STUDIO if has_page else API_ALONE).format(url=url)
    if set_up_token is not None:
        link = OPEN.format(url=url, token=set_up_token) if has_page else ""
        yield SET_UP.format(url=url, token=set_up_token, open=link)
    if not is_loopback(settings.host) and not url.startswith("https:"):
        yield UNENCRYPTED.format(host=settings.host)
