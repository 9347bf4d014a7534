"""The page behind the one-time link, in a real browser (S1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, Page, expect

PASSWORD = "a lantern over quiet water"


def fill(page: Page, password: str) -> None:
    page.get_by_label("E-mail").fill("ann@example.com")
    page.get_by_label("User name").fill("ann")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button").click()


def test_the_printed_link_opens_a_page_that_makes_the_first_administrator(
    start: Callable[..., Any], said_link: Callable[[Any], str], browser: Browser
) -> None:
    server = start(set_up=False)
    page = browser.new_page()
    page.goto(said_link(server))

    fill(page, "password123")
    expect(page.get_by_role("status")).to_contain_text(re.compile("password", re.IGNORECASE))
    assert page.get_by_label("E-mail").input_value() == "ann@example.com"

    fill(page, PASSWORD)
    expect(page.get_by_role("status")).to_contain_text("The account ann is there")
    answer = server.client.post("/api/auth/login", json={"login": "ann", "password": PASSWORD})
    assert answer.json()["user"]["role"] == "admin"
    assert server.client.get("/setup").status_code == 404
