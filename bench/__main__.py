"""Runs the sections of the benchmark, prints their tables and writes them into docs/performance.md."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from bench import backlog, chains, demo, http_reads, http_uploads, live, memory, page, puppet, recovery, start, submit
from bench.report import Section, Verdict, machine_line, markdown, moment, targets, write_section

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"

SECTIONS: Mapping[str, Callable[[bool], Section]] = {
    section.NAME: section.run
    for section in (
        chains,
        backlog,
        submit,
        recovery,
        start,
        http_reads,
        http_uploads,
        memory,
        live,
        page,
        puppet,
        demo,
    )
}


def main() -> None:
    arguments = _parser().parse_args()
    begin = moment()
    verdicts: list[Verdict] = []
    for name in arguments.sections or SECTIONS:
        start = moment()
        section = SECTIONS[name](arguments.quick)
        verdicts += section.verdicts
        _publish(section, machine_line(start, moment()), not arguments.quick)
    is_whole = not arguments.quick and not arguments.sections
    _publish(targets(verdicts), machine_line(begin, moment()), is_whole)


def _publish(section: Section, machine: str, is_kept: bool) -> None:
    print(f"\n{markdown(section, machine)}", flush=True)
    if is_kept:
        write_section(PAGE, section, machine)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", type=_section, help=f"of {', '.join(SECTIONS)} (all)")
    parser.add_argument("--quick", action="store_true", help="one small run of each, printed and not written")
    return parser


def _section(name: str) -> str:
    if name not in SECTIONS:
        raise argparse.ArgumentTypeError(f"there is no section {name!r}; the sections are {', '.join(SECTIONS)}")
    return name


if __name__ == "__main__":
    main()
