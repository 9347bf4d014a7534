"""Alembic's entry: runs the migrations on the connection that `schema.upgrade` opened."""

from alembic import context

from soundstage.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
