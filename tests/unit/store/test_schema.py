"""Opening a database that is current must not need Alembic, so the newest revision is named in one more place."""

import subprocess
import sys
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from soundstage.store.schema import NEWEST_REVISION, upgrade


def test_the_named_revision_is_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "soundstage.store:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == NEWEST_REVISION


def test_a_current_database_is_opened_without_loading_alembic(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'current.db'}"
    assert upgrade(url) == (None, NEWEST_REVISION)
    program = (
        "import sys; from soundstage.store.schema import upgrade; "
        f"print(upgrade({url!r}), 'alembic' in sys.modules, 'psycopg' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"('{NEWEST_REVISION}', '{NEWEST_REVISION}') False False"
