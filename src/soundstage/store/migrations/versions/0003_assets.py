"""The libraries of users."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "assets",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.Text(), server_default="", nullable=False),
        sa.Column("facts", sa.Text(), server_default="{}", nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("preview_job", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("updated_at", sa.Double(), nullable=False),
        sa.Column("deleted_at", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assets")),
    )
    op.create_index("ix_assets_owner", "assets", ["owner", "id"], unique=False)
    op.create_index("ix_assets_owner_kind", "assets", ["owner", "kind", "id"], unique=False)
    op.create_index("ix_assets_owner_name_key", "assets", ["owner", "name_key", "id"], unique=False)
    op.create_index("ix_assets_owner_size_bytes", "assets", ["owner", "size_bytes", "id"], unique=False)
    for name, column, where in (
        ("ix_assets_processing", "updated_at", "state = 'processing'"),
        ("ix_assets_preview_job", "preview_job", "preview_job IS NOT NULL"),
        ("ix_assets_deleted_at", "deleted_at", "deleted_at IS NOT NULL"),
    ):
        op.create_index(
            name, "assets", [column], unique=False, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )
    op.create_table(
        "asset_files",
        sa.Column("asset_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("asset_id", "role", name=op.f("pk_asset_files")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_asset_files_sha256", "asset_files", ["sha256"], unique=False)
    op.create_table(
        "asset_tags",
        sa.Column("asset_id", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("asset_id", "tag", name=op.f("pk_asset_tags")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_asset_tags_tag", "asset_tags", ["tag"], unique=False)
    op.create_table(
        "uploads",
        sa.Column("asset_id", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("protocol", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("received_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("asset_id", name=op.f("pk_uploads")),
    )
    op.create_index("ix_uploads_expires_at", "uploads", ["expires_at"], unique=False)
