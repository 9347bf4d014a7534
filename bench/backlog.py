"""What a job costs when many others wait: the same jobs with 100 and with 10,000 in the queue."""

from __future__ import annotations

from bench.own_studio import clone_job, own_studio
from bench.report import Section, at_most, progress, spread
from bench.stage_chain import jobs_per_second

NAME = "backlog"
FEW, MANY = 100, 10_000
JOBS, QUICK_JOBS = 1000, 200
RUNS, QUICK_RUNS = 5, 1
COLUMNS = ("jobs that wait", "cost of a job, ms")


def run(quick: bool) -> Section:
    jobs, repeats = (QUICK_JOBS, QUICK_RUNS) if quick else (JOBS, RUNS)
    costs: dict[int, list[float]] = {FEW: [], MANY: []}
    for number in range(1, repeats + 1):
        for waiting, measured in costs.items():
            progress(f"{NAME}: run {number} of {repeats}: {waiting:,} jobs wait")
            measured.append(_cost_ms(waiting, jobs))
    rows = [(f"{waiting:,}", spread(measured)) for waiting, measured in costs.items()]
    ratios = [many / few for few, many in zip(costs[FEW], costs[MANY], strict=True)]
    note = (
        f"{repeats} runs, in turn, of {jobs:,} jobs of four trivial stages on two workers; at least so many more wait "
        "all the while. From the first start of a stage to the last end, divided by the number of jobs."
    )
    verdict = at_most(f"cost of a job, {MANY:,} waiting against {FEW:,}", ratios, 1.2, "times")
    return Section(NAME, "A job beside a backlog", COLUMNS, rows, note, [verdict])


def _cost_ms(waiting: int, jobs: int) -> float:
    with own_studio() as own:
        with own.held_workers():
            clone_job(own.database, own.submit(), waiting + jobs - 1)
        finished = [own.bell.hear().job for _ in range(jobs)]
        own.bell.close()
        own.stop_workers()
        return 1000 / jobs_per_second(own.timelines(finished))
