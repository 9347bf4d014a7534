"""Links that open one thing, for a short time, for whoever holds them."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from urllib.parse import urlencode

from soundstage.core.clock import Clock, SystemClock
from soundstage.core.errors import BadLink

LONGEST_SECONDS = 900
_DIGITS = re.compile(r"[0-9]{1,12}")
_READING = frozenset({"GET", "HEAD"})


class Links:
    """Signs paths of our own with HMAC-SHA256 over method, path, parameters and the time of expiry."""

    def __init__(self, key: bytes, clock: Clock | None = None) -> None:
        self._key = key
        self._clock = clock or SystemClock()

    def sign(self, path: str, seconds: int, parameters: Mapping[str, str] | None = None, method: str = "GET") -> str:
        """The path with what makes it a link; `seconds` is cut to 15 minutes. A link to read serves HEAD too."""
        expires = str(self.expires_at(seconds))
        given = {**(parameters or {}), "expires": expires}
        return f"{path}?{urlencode({**given, 'signature': self._signature(method, path, given)})}"

    def expires_at(self, seconds: int) -> int:
        """The second at which a link that is signed now ends."""
        return int(self._clock.now()) + max(1, min(seconds, LONGEST_SECONDS))

    def verify(self, method: str, path: str, query: Mapping[str, str]) -> None:
        """Raises BadLink: it was signed for another method, path or parameter, by another key, or is over."""
        given = {name: value for name, value in query.items() if name != "signature"}
        expected = self._signature("GET" if method in _READING else method, path, given)
        if not hmac.compare_digest(query.get("signature", "").encode(), expected.encode()):
            raise BadLink("The link is not one that was made here, or something in it was changed.")
        if not _DIGITS.fullmatch(given.get("expires", "")) or int(given["expires"]) <= self._clock.now():
            raise BadLink("The time of the link is over.")

    def _signature(self, method: str, path: str, parameters: Mapping[str, str]) -> str:
        text = "\n".join((method, path, urlencode(sorted(parameters.items()))))
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()
