"""Where results come from: the files that went into a job, and the engines that made its parts."""

from __future__ import annotations

from soundstage.core.job import EngineUse
from soundstage.store.parts import Completion
from soundstage.testing.store_bench import StoreBench, make_snapshot

SHA256 = "a" * 64


def test_a_file_is_named_by_its_parameter_and_without_a_library_by_its_hash_alone(bench: StoreBench) -> None:
    params = {"text": "Hello", "portrait": f"sha256:{SHA256}", "note": "sha256:short"}
    [found] = bench.job(bench.create(params=params, inputs=[SHA256])).inputs
    assert (found.param, found.reference, found.sha256) == ("portrait", f"sha256:{SHA256}", SHA256)
    assert (found.asset_id, found.name, found.size_bytes) == (None, None, None)


def test_a_stage_names_each_engine_that_made_its_parts_once(bench: StoreBench) -> None:
    job_id = bench.create(make_snapshot(2, items_at=[0]))
    bench.complete(bench.claim(), items=["1", "2"])
    for uses in ([EngineUse("flite", "1.2")], [EngineUse("flite", "1.2"), EngineUse("espeak", "")]):
        bench.store.parts.complete(bench.claim(), Completion(made_by=uses), None, 1.0)
    first, second = bench.job(job_id).stages
    assert first.made_by == [EngineUse("flite", "1.2"), EngineUse("espeak", "")]
    assert second.made_by == []


def test_a_stage_that_runs_again_names_only_what_made_it_then(bench: StoreBench) -> None:
    job_id = bench.create(make_snapshot(1))
    bench.store.parts.complete(bench.claim(), Completion(made_by=[EngineUse("flite", "1.2")]), None, 1.0)
    bench.store.control.retry(job_id, from_stage="S0")
    assert bench.job(job_id).stages[0].made_by == []
    bench.store.parts.complete(bench.claim(), Completion(made_by=[EngineUse("espeak", "1.2")]), None, 1.0)
    assert bench.job(job_id).stages[0].made_by == [EngineUse("espeak", "1.2")]
