"""The chain of four stages, ours and Celery's in turn: jobs per second and the hand-over between stages."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from bench import celery_chain, soundstage_chain
from bench.report import Section, Verdict, at_least, at_most, progress
from bench.stage_chain import COLUMNS, HOW, Run, hand_over_ms, jobs_per_second, row

NAME = "chain"
JOBS, QUICK_JOBS = 1000, 100
RUNS, QUICK_RUNS = 3, 1
AUTO, FULL = "Soundstage, SQLite, durability auto", "Soundstage, SQLite, durability full"
HAND_OVER_LIMITS_MS = {50: 0.3, 99: 3.0}
TARGETS = {AUTO: 8.0, FULL: 4.0}

Contender = Callable[[int], Run]


def run(quick: bool) -> Section:
    """Ours and each peer in turn, so that a slow minute of the machine falls on all of them."""
    jobs, repeats = (QUICK_JOBS, QUICK_RUNS) if quick else (JOBS, RUNS)
    contenders = _contenders()
    runs: dict[str, list[Run]] = {label: [] for label in contenders}
    for number in range(1, repeats + 1):
        for label, measure in contenders.items():
            progress(f"{NAME}: run {number} of {repeats}: {label}")
            runs[label].append(measure(jobs))
    rows = [row(label, measured) for label, measured in runs.items()]
    note = f"{HOW}\n\n{_ways(jobs, repeats)}"
    return Section(NAME, "A chain of four stages", COLUMNS, rows, note, [*_hand_overs(runs[AUTO]), *_ratios(runs)])


def _contenders() -> Mapping[str, Contender]:
    """In the order in which they run: ours stand between the peers."""
    first, *others = [(variant.label, partial(celery_chain.measure, variant)) for variant in celery_chain.VARIANTS]
    ours = [(AUTO, partial(soundstage_chain.measure, "auto")), (FULL, partial(soundstage_chain.measure, "full"))]
    return dict([ours[0], first, ours[1], *others])


def _hand_overs(runs: Sequence[Run]) -> list[Verdict]:
    return [
        at_most(f"hand-over between stages, p{percent}", _hand_over_of(runs, percent), limit, "ms")
        for percent, limit in HAND_OVER_LIMITS_MS.items()
    ]


def _hand_over_of(runs: Sequence[Run], percent: float) -> list[float]:
    return [hand_over_ms(run.alone, percent) for run in runs]


def _ratios(runs: Mapping[str, Sequence[Run]]) -> list[Verdict]:
    rates = {label: [jobs_per_second(run.backlog) for run in measured] for label, measured in runs.items()}
    peers = [variant.label for variant in celery_chain.VARIANTS]
    fastest = max(peers, key=lambda label: statistics.median(rates[label]))
    return [
        at_least(f"jobs/s, {ours} against {peer}", _quotients(rates[ours], rates[peer]), target, "times")
        for ours, target in TARGETS.items()
        for peer in dict.fromkeys((fastest, celery_chain.DEFAULTS.label))
    ]


def _quotients(ours: Sequence[float], peers: Sequence[float]) -> list[float]:
    return [our / peer for our, peer in zip(ours, peers, strict=True)]


def _ways(jobs: int, repeats: int) -> str:
    return (
        f"{repeats} runs of {jobs:,} jobs each way ({jobs // 4:,} one at a time), every contender in turn; a ratio is "
        "taken between two of the same turn. Celery and Redis as they ship: early acks unless named, no persistence of "
        "Redis (a power cut loses the queue), a unix socket. *No results kept* is Celery's fastest layout, and one in "
        "which nobody can ask how a job stands; Celery's own defaults are the prefork pool, with the result backend "
        "that its documents ask for where a chain's state matters. Soundstage keeps every state, result and event "
        "in SQLite on the disk, and fsyncs each accepted job; *auto* leaves out the fsync of a stage shorter than "
        "20 ms without files, *full* leaves out none. The last stage of each job tells the benchmark that the job "
        "ended: one RPUSH there, one datagram here."
    )
