"""Somebody with a browser of their own, and what they do again and again."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from tests.integration.conftest import PASSWORD

AXE = Path(__file__).parents[3] / "web" / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WORK_MS = 100_000
"""What workers make may take as long on a busy machine."""
MOST_TABS = 120
STALE = "What you see may be out of date"

_LOG_PROGRESS = """
window.seenProgress = [];
new MutationObserver(() => {
  const bar = document.querySelector("main [role=progressbar]");
  const percent = bar && Number(bar.getAttribute("aria-valuenow"));
  if (percent !== null && percent !== window.seenProgress.at(-1)) window.seenProgress.push(percent);
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-valuenow"] });
"""


@dataclass(frozen=True)
class Visitor:
    """`complaints` are errors of scripts and refusals of the content policy: at the end there are none."""

    context: BrowserContext
    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, browser: Browser, address: str, **options: Any) -> Visitor:
        """Keywords are those of Playwright's contexts."""
        context = browser.new_context(**{"locale": "en-US", "reduced_motion": "reduce", **options})
        context.add_init_script(_LOG_PROGRESS)
        visitor = cls(context, context.new_page(), address.rstrip("/"))
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        visitor.page.on("dialog", lambda dialog: visitor.complaints.append(f"a dialog said {dialog.message}"))
        visitor.page.on("console", lambda said: visitor._hear(said.text))
        return visitor

    def _hear(self, said: str) -> None:
        if "Content Security Policy" in said:
            self.complaints.append(f"{self.page.url}: {said}")

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def enter(self, name: str = "ada", path: str = "/") -> None:
        """Signs in on the way to a page."""
        self.go(f"/login?to={quote(path, safe='')}")
        self.sign_in(name)
        expect(self.page).to_have_url(self.address + path)
        self.expect_inside()

    def sign_in(self, name: str) -> None:
        self.page.get_by_label("E-mail address or user name").fill(name)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()

    def expect_inside(self) -> None:
        expect(self.page.get_by_role("navigation", name="Main")).to_be_visible()

    def expect_heading(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", level=1, name=text)).to_be_visible()

    def expect_job(self, state: str) -> None:
        """That the page of a job says so in its head."""
        lamp = self.page.locator("main header").first.get_by_text(state, exact=True)
        expect(lamp).to_be_visible(timeout=WORK_MS)

    def order(self) -> str:
        """Presses Start, and gives the id of the job whose page opens."""
        self.page.get_by_role("button", name="Start", exact=True).click()
        return self.job_id()

    def job_id(self) -> str:
        expect(self.page).to_have_url(re.compile(r"/jobs/[^/?]+$"), timeout=WORK_MS)
        return self.page.url.rsplit("/", 1)[-1]

    def progress(self) -> Locator:
        """The line of stages of the job whose page it is."""
        return self.page.get_by_role("main").get_by_role("progressbar", name=re.compile("^Progress of")).first

    def come_back(self) -> None:
        """To a tab that was not looked at for a while."""
        self.page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))")

    def seen_progress(self) -> list[int]:
        """Each percent that the page has shown of the job, in order, since it was loaded."""
        percents: list[int] = self.page.evaluate("window.seenProgress")
        return percents

    def tab_to(self, target: Locator) -> None:
        """Goes there by the Tab key, as somebody without a mouse."""
        expect(target).to_be_visible()
        for _ in range(MOST_TABS):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{MOST_TABS} presses of Tab do not lead to {target}.")

    def violations(self) -> list[str]:
        """What axe finds on the page as it is."""
        before = len(self.complaints)
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(_axe())
        found: dict[str, Any] = self.page.evaluate("tags => axe.run(document, {runOnly: tags})", WCAG)
        del self.complaints[before:]  # axe tries styles that the content policy refuses
        return [
            f"{rule['id']}: {rule['help']}: {json.dumps([node['html'][:200] for node in rule['nodes'][:3]])}"
            for rule in found["violations"]
        ]

    def sideways_pixels(self) -> int:
        """How far the page can be scrolled sideways."""
        pixels: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return pixels


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")
