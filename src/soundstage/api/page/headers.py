"""What a browser is told about the page: what it may load and use, and how long it may keep it."""

from __future__ import annotations

from collections.abc import Mapping

FOR_EVER = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"
PERMISSIONS = "camera=(self), microphone=(self), display-capture=(), geolocation=(), payment=(), usb=()"
"""A portrait may be photographed and a voice recorded; the rest is not asked for."""


def headers_of_index(nonce: str, links_origin: str | None, *, can_be_embedded: bool = False) -> Mapping[str, str]:
    return {
        "Cache-Control": ASK_FIRST,
        "Content-Security-Policy": content_policy(nonce, links_origin, can_be_embedded=can_be_embedded),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": PERMISSIONS,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }


def content_policy(nonce: str, links_origin: str | None, *, can_be_embedded: bool = False) -> str:
    """The nonce is for style elements that libraries of the page make; scripts come from files alone.

    Links to files may lead to `links_origin`, which is then looked at, played, and uploaded to. What can be
    embedded may stand in a frame of any other site.
    """
    embedders = "*" if can_be_embedded else "'none'"
    files = "" if links_origin is None else f" {links_origin}"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            f"style-src 'self' 'nonce-{nonce}'",
            f"img-src 'self' blob: data:{files}",
            f"media-src 'self' blob:{files}",
            "font-src 'self'",
            f"connect-src 'self'{files}",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            f"frame-ancestors {embedders}",
        )
    )


def chosen_encoding(accept_encoding: str, offered: Mapping[str, object]) -> str | None:
    """The first of the offered encodings that the header allows (RFC 9110, section 12.5.3); None for the plain form."""
    accepted = dict(_weighed(part) for part in accept_encoding.lower().split(","))
    return next((name for name in offered if accepted.get(name, accepted.get("*", 0.0)) > 0), None)


def is_known(etag: str, if_none_match: str) -> bool:
    """Whether the browser has it already, by the weak comparison of RFC 9110, section 13.1.2."""
    known = {part.strip().removeprefix("W/") for part in if_none_match.split(",")}
    return bool({etag, "*"} & known)


def _weighed(part: str) -> tuple[str, float]:
    name, _, parameter = part.partition(";")
    _, _, weight = parameter.strip().partition("q=")
    try:
        return name.strip(), float(weight or 1)
    except ValueError:
        return name.strip(), 0.0
