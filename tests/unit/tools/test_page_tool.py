"""`tools/page.sh` installs and builds when something changed, and only then. Short scripts play npm and node."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[3] / "tools" / "page.sh"
NPM = """#!/bin/sh
echo "$*" >>"$CALLS"
mkdir -p node_modules
case "$*" in *build*) mkdir -p dist && echo built >dist/index.html ;; *check*) exit 3 ;; esac
"""


class Checkout:
    """A page of one source file, and the calls of npm."""

    def __init__(self, root: Path) -> None:
        self._calls = root / "calls"
        self.web = root / "web"
        self.programs = root / "programs"
        self._tool = root / "tools" / "page.sh"
        for folder in (self.web / "src", self._tool.parent, self.programs):
            folder.mkdir(parents=True)
        shutil.copy(TOOL, self._tool)
        self.write("package-lock.json", "{}")
        self.write("src/main.ts", "one")
        self.play("npm", NPM)
        self.play("node", "#!/bin/sh\nexit 0\n")

    def write(self, name: str, content: str) -> None:
        (self.web / name).write_text(content)

    def play(self, program: str, script: str) -> None:
        path = self.programs / program
        path.write_text(script)
        path.chmod(0o755)

    def run(self, action: str, **variables: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if name != "CI"}
        told = {**kept, "PATH": f"{self.programs}:/usr/bin:/bin", "CALLS": str(self._calls), **variables}
        return subprocess.run([str(self._tool), action], env=told, capture_output=True, text=True, check=False)

    def calls_of(self, action: str) -> list[str]:
        """What npm was asked for, by the first word that is no option."""
        self._calls.write_text("")
        ran = self.run(action)
        assert ran.returncode == 0, ran.stderr
        return [line.split(" -")[0] for line in self._calls.read_text().splitlines()]

    def age(self) -> None:
        """As if all was written a minute ago."""
        for path in (self.web, *self.web.rglob("*")):
            then = path.stat().st_mtime - 60
            os.utime(path, (then, then))


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_the_page_is_installed_and_built_once(checkout: Checkout) -> None:
    assert checkout.calls_of("build") == ["ci", "run"]
    assert checkout.calls_of("build") == []


def test_a_changed_source_is_built_and_nothing_is_installed(checkout: Checkout) -> None:
    checkout.calls_of("build")
    checkout.age()
    checkout.write("src/main.ts", "two")
    assert checkout.calls_of("build") == ["run"]


def test_a_removed_source_is_built_too(checkout: Checkout) -> None:
    checkout.write("src/other.ts", "two")
    checkout.calls_of("build")
    checkout.age()
    (checkout.web / "src" / "other.ts").unlink()
    assert checkout.calls_of("build") == ["run"]


def test_other_pinned_packages_are_installed_before_the_page_is_built(checkout: Checkout) -> None:
    checkout.calls_of("build")
    checkout.age()
    checkout.write("package-lock.json", '{"other": true}')
    assert checkout.calls_of("build") == ["ci", "run"]


def test_what_was_removed_is_built_again(checkout: Checkout) -> None:
    checkout.calls_of("build")
    shutil.rmtree(checkout.web / "dist")
    assert checkout.calls_of("build") == ["run"]


def test_a_failed_check_fails(checkout: Checkout) -> None:
    assert checkout.run("check").returncode == 3


def test_an_unknown_action_says_which_there_are(checkout: Checkout) -> None:
    ran = checkout.run("deploy")
    assert (ran.returncode, "build|check|test|fix" in ran.stderr) == (2, True)


def test_without_a_new_node_it_says_what_to_install_and_goes_on_but_where_ci_is_set(checkout: Checkout) -> None:
    checkout.play("node", "#!/bin/sh\nexit 1\n")
    ran = checkout.run("build")
    assert (ran.returncode, "Node 20.19 or newer" in ran.stderr) == (0, True)
    assert not (checkout.web / "dist").exists()
    assert checkout.run("build", CI="true").returncode == 1
