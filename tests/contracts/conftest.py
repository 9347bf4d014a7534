"""Readable assertions for the shipped suites."""

import pytest

pytest.register_assert_rewrite("soundstage.testing.engine_contracts")
