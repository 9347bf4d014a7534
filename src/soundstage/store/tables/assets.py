"""The libraries of users: assets, the files that belong to them, and uploads under way."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, Index, Table, Text, text

from soundstage.store.tables.schema import metadata

assets = Table(
    "assets",
    metadata,
    Column("id", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("kind", Text),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("media_type", Text, nullable=False, server_default=""),
    Column("facts", Text, nullable=False, server_default="{}"),
    Column("error", Text),
    Column("preview_job", Text),
    Column("created_at", Double, nullable=False),
    Column("updated_at", Double, nullable=False),
    Column("deleted_at", Double),
)
Index("ix_assets_owner", assets.c.owner, assets.c.id)
Index("ix_assets_owner_kind", assets.c.owner, assets.c.kind, assets.c.id)
Index("ix_assets_owner_name_key", assets.c.owner, assets.c.name_key, assets.c.id)
Index("ix_assets_owner_size_bytes", assets.c.owner, assets.c.size_bytes, assets.c.id)
Index(
    "ix_assets_processing",
    assets.c.updated_at,
    sqlite_where=text("state = 'processing'"),
    postgresql_where=text("state = 'processing'"),
)
Index(
    "ix_assets_preview_job",
    assets.c.preview_job,
    sqlite_where=text("preview_job IS NOT NULL"),
    postgresql_where=text("preview_job IS NOT NULL"),
)
Index(
    "ix_assets_deleted_at",
    assets.c.deleted_at,
    sqlite_where=text("deleted_at IS NOT NULL"),
    postgresql_where=text("deleted_at IS NOT NULL"),
)

asset_files = Table(
    "asset_files",
    metadata,
    Column("asset_id", Text, primary_key=True),
    Column("role", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("media_type", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_asset_files_sha256", asset_files.c.sha256)

asset_tags = Table(
    "asset_tags",
    metadata,
    Column("asset_id", Text, primary_key=True),
    Column("tag", Text, primary_key=True),
    sqlite_with_rowid=False,
)
Index("ix_asset_tags_tag", asset_tags.c.tag)

uploads = Table(
    "uploads",
    metadata,
    Column("asset_id", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("protocol", Text, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("received_bytes", BigInteger, nullable=False),
    Column("sha256", Text),
    Column("expires_at", Double, nullable=False),
)
Index("ix_uploads_expires_at", uploads.c.expires_at)
