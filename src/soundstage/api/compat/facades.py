"""All facades together, as the application includes them."""

from __future__ import annotations

from soundstage.api.compat import generation, projects, stems, stems_live, videos

ROUTERS = (projects.router, generation.router, stems.router, stems_live.router, videos.router)
FORM_PATHS = projects.FORM_PATHS | stems.FORM_PATHS
"""Where a form with files may be sent as well as JSON."""
