"""Which language a reader wants, and the label in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import Depends, Header, Query

DEFAULT_LANGUAGE = "en"
MOST_LANGUAGES = 10

Languages = Sequence[str]
"""Primary tags such as "pt", the most wanted first."""


async def wanted_languages(
    lang: Annotated[
        str | None,
        Query(
            pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
            max_length=35,
            description="Language of labels; instead of Accept-Language",
            examples=["id"],
        ),
    ] = None,
    accept_language: Annotated[str, Header(include_in_schema=False)] = "",
) -> Languages:
    return [_primary(lang)] if lang is not None else _ranked(accept_language)


LanguagesWanted = Annotated[Languages, Depends(wanted_languages)]


def label_in(languages: Languages, label: str, labels: Mapping[str, str]) -> str:
    """`label` is the one in English, and the one where no other fits."""
    known = {DEFAULT_LANGUAGE: label, **labels}
    return next((known[language] for language in languages if language in known), label)


def _ranked(accept_language: str) -> Languages:
    """RFC 9110, 12.5.4: tags with weights, separated by commas."""
    weighted = []
    for choice in accept_language.split(",")[:MOST_LANGUAGES]:
        tag, _, weight = choice.partition(";")
        weighted.append((-_weight(weight), _primary(tag)))
    return [tag for negative, tag in sorted(weighted, key=lambda choice: choice[0]) if negative < 0]


def _weight(text: str) -> float:
    value = text.strip().removeprefix("q=").strip()
    try:
        return float(value) if value else 1.0
    except ValueError:
        return 0.0


def _primary(tag: str) -> str:
    return tag.strip().partition("-")[0].lower()
