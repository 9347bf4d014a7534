"""Which files went into a job, as its parameters name them, and what engines made its parts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, RowMapping, select

from soundstage.core.assets import AssetState, FileRole
from soundstage.core.files import sha256_of
from soundstage.core.job import EngineUse, InputView
from soundstage.store.poison import UNREADABLE
from soundstage.store.reading import json_object
from soundstage.store.tables import asset_files, assets

_REFERENCE = re.compile(r"sha256:[0-9a-f]{64}")


def read_inputs(connection: Connection, job_rows: Iterable[RowMapping]) -> Mapping[str, Sequence[InputView]]:
    """Job id to its inputs, in the order of the parameters. Asks nothing of the database where no job names a file."""
    named = {row["id"]: (row["owner"], _references(row)) for row in job_rows}
    hashes = {sha256_of(reference) for _, found in named.values() for reference in found.values()}
    owned = _library_files(connection, hashes) if hashes else {}
    return {
        job_id: [
            _input(param, reference, owned.get((owner, sha256_of(reference)))) for param, reference in found.items()
        ]
        for job_id, (owner, found) in named.items()
    }


def engines_used(part_rows: Iterable[RowMapping]) -> Sequence[EngineUse]:
    """Each engine once, in the order of the parts."""
    uses = (EngineUse(**use) for row in part_rows if row["made_by"] for use in json.loads(row["made_by"]))
    return list(dict.fromkeys(uses))


def _references(row: RowMapping) -> Mapping[str, str]:
    """Parameter name to what it names. Cheap for the many jobs that name no file."""
    if "sha256:" not in row["params"]:
        return {}
    try:
        params = json_object(row["params"])
    except UNREADABLE:  # who reads the job meets it too, and says so
        return {}
    return {name: value for name, value in params.items() if isinstance(value, str) and _REFERENCE.fullmatch(value)}


def _library_files(connection: Connection, hashes: Iterable[str]) -> Mapping[tuple[str, str], RowMapping]:
    """Owner and sha256 to the oldest asset of theirs that has these bytes."""
    query = (
        select(assets.c.id, assets.c.owner, assets.c.name, assets.c.size_bytes, asset_files.c.sha256)
        .join(asset_files, asset_files.c.asset_id == assets.c.id)
        .where(
            asset_files.c.sha256.in_(sorted(hashes)),
            asset_files.c.role == FileRole.ORIGINAL.value,
            assets.c.state == AssetState.READY.value,
            assets.c.deleted_at.is_(None),
        )
        .order_by(assets.c.id)
    )
    found: dict[tuple[str, str], RowMapping] = {}
    for row in connection.execute(query).mappings():
        found.setdefault((row["owner"], row["sha256"]), row)
    return found


def _input(param: str, reference: str, asset: RowMapping | None) -> InputView:
    return InputView(
        param=param,
        reference=reference,
        sha256=sha256_of(reference),
        asset_id=None if asset is None else asset["id"],
        name=None if asset is None else asset["name"],
        size_bytes=None if asset is None else asset["size_bytes"],
    )
