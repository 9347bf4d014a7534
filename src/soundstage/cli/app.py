"""The `soundstage` command: its words, its options, and the one place where errors become exit codes."""

from __future__ import annotations

import functools
import io
import logging
import sys
from collections.abc import Sequence
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated

import typer

from soundstage.cli import jobs, queues, user
from soundstage.cli.exits import Exit, epilog, exit_of_error
from soundstage.cli.place import API_KEY_VARIABLE, SERVER_VARIABLE, choose_place
from soundstage.core.errors import BadInput, SoundstageError
from soundstage.core.states import Priority

LOCAL_COMMANDS = frozenset({"serve", "db", "doctor", "user"})
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]
PipelineFiles = Annotated[
    list[Path] | None,
    typer.Option("--pipelines", metavar="FILE", help="A Python file with further pipelines; can be repeated."),
]

app = typer.Typer(
    help="Soundstage: media jobs as pipelines of visible stages.",
    epilog=epilog(),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
database = typer.Typer(help="The database of this home.", no_args_is_help=True)
app.add_typer(jobs.app, name="jobs")
app.add_typer(queues.app, name="queues")
app.add_typer(user.app, name="user")
app.add_typer(database, name="db")


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    server: Annotated[
        str | None,
        typer.Option(metavar="URL", help=f"Work at this server and not on this computer; or set {SERVER_VARIABLE}."),
    ] = None,
    api_key_file: Annotated[
        Path | None,
        typer.Option(help=f"A file with an API key for the server; or set {API_KEY_VARIABLE}, or log in."),
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        typer.echo(f"soundstage {installed_version('soundstage')}")
        raise typer.Exit
    if server is not None and context.invoked_subcommand in LOCAL_COMMANDS:
        raise BadInput(f"`soundstage {context.invoked_subcommand}` works on this computer: leave --server out.")
    choose_place(server, api_key_file)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def run(
    context: typer.Context,
    pipeline: Annotated[
        str, typer.Argument(metavar="PIPELINE", help="What to run; `soundstage pipelines` lists them.")
    ],
    param: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="A parameter; `--NAME VALUE` is short for it. Can be repeated."),
    ] = None,
    params_file: Annotated[
        Path | None, typer.Option(help="A JSON file with parameters; paths in it begin at its folder.")
    ] = None,
    priority: Annotated[Priority, typer.Option(help="How urgent it is.")] = Priority.NORMAL,
    output: Annotated[Path | None, typer.Option(help="Where the files go; by default out/JOB.")] = None,
    pipelines: PipelineFiles = None,
    new: Annotated[bool, typer.Option("--new", help="Start anew, though an equal job is unfinished.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Ctrl-C leaves the job to be continued.")] = False,
    detach: Annotated[bool, typer.Option("--detach", help="Print the job's id and leave it to the server.")] = False,
    as_json: AsJson = False,
) -> None:
    """Run a pipeline and bring what it makes.

    An equal job that is unfinished is continued.
    A text takes `@FILE` for the text in a file, a file its path, an object JSON.
    Ctrl-C cancels the job; SIGTERM leaves it to be continued. A job of a server goes on there in any case.
    """
    from soundstage.cli.parameters import split_options, split_pairs
    from soundstage.cli.run import FollowOptions, Wish
    from soundstage.cli.run import run as run_wish

    if pipeline.startswith("-"):
        raise BadInput(f"{pipeline} stands before the name of the pipeline: name the pipeline first.")
    wish = Wish(
        pipeline=pipeline,
        words=[*split_pairs(param or []), *split_options(context.args)],
        params_file=params_file,
        priority=priority,
        pipeline_files=pipelines or [],
        starts_anew=new,
        is_detached=detach,
        follow=FollowOptions(output, as_json, keep),
    )
    raise typer.Exit(run_wish(wish))


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = None,
    workers: Annotated[int | None, typer.Option(min=0, max=64, help="Worker processes.")] = None,
    pipelines: PipelineFiles = None,
) -> None:
    """Serve the API, the page and the workers."""
    from soundstage.bootstrap.serving import serve as run_studio
    from soundstage.cli.session import read_settings, with_pipeline_files
    from soundstage.cli.welcome import welcome

    settings = with_pipeline_files(read_settings(host=host, port=port, workers=workers), pipelines or [])
    run_studio(settings, on_start=functools.partial(welcome, settings))


@app.command()
def login(
    url: Annotated[str, typer.Argument(metavar="URL", help="The address of the server.")],
    user_name: Annotated[str, typer.Option("--user", prompt="E-mail address or user name", help="Who you are there.")],
    password_file: Annotated[
        Path | None, typer.Option(help="A file that holds the password. Otherwise it is asked for.")
    ] = None,
) -> None:
    """Keep a login at a server for `--server URL`."""
    from soundstage.cli.desk.opening import log_in

    log_in(url, user_name, _password(password_file))
    typer.echo(f"Logged in. `soundstage --server {url} jobs list` shows your jobs there.")


@app.command()
def logout(url: Annotated[str, typer.Argument(metavar="URL", help="The address of the server.")]) -> None:
    """End the login that is kept for a server."""
    from soundstage.cli.desk.opening import log_out

    log_out(url)
    typer.echo("Logged out.")


@app.command("pipelines")
def list_pipelines(
    kind: Annotated[
        str | None, typer.Argument(metavar="KIND", help="Show the stages and parameters of this one.")
    ] = None,
    pipelines: PipelineFiles = None,
    as_json: AsJson = False,
) -> None:
    """List the pipelines, or show one in full."""
    from soundstage.cli.catalog import show_pipelines

    show_pipelines(kind, pipelines or [], as_json)


@app.command()
def engines(as_json: AsJson = False) -> None:
    """List the engines and what they lack.

    One that is not ready says what to type.
    """
    from soundstage.cli.catalog import show_engines

    show_engines(as_json)


@app.command()
def voices(
    engine: Annotated[str, typer.Option(help="Only those of this engine.")] = "auto",
    language: Annotated[str | None, typer.Option(help="Only those of a language, such as en or pt-BR.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the voices that can speak here."""
    from soundstage.cli.catalog import show_voices

    show_voices(engine, language, as_json)


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Look for what is missing on this machine.

    Says what to type for it; exits with 3 where something that is needed is missing.
    """
    from soundstage.cli.doctor import doctor as examine

    raise typer.Exit(examine(as_json))


@database.command()
def upgrade() -> None:
    """Bring the database to the newest version."""
    from soundstage.cli.session import read_settings
    from soundstage.runtime.home import open_home
    from soundstage.store.schema import upgrade as upgrade_database

    settings = read_settings()
    open_home(settings.home)
    before, after = upgrade_database(settings.resolved_database_url)
    typer.echo(
        f"The database is at version {after}" + (" already." if before == after else f", was {before or 'new'}.")
    )


@database.command("version")
def database_version(as_json: AsJson = False) -> None:
    """Print the version, and the newest one."""
    from soundstage.cli.output import print_json
    from soundstage.cli.session import read_settings
    from soundstage.store.schema import revisions

    installed, newest = revisions(read_settings().resolved_database_url)
    if as_json:
        print_json({"installed": installed, "newest": newest})
    else:
        typer.echo(f"{installed or 'none'} (newest: {newest})")


def _password(file: Path | None) -> str:
    """Never from the command line, which others can see."""
    if file is None:
        asked: str = typer.prompt("Password", hide_input=True)
        return asked
    try:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The password cannot be read from {file}: {error}.") from error


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code. An error is told in words, a traceback only when debugging."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Unicode shows what it can
    try:
        app(args=words, prog_name="soundstage")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(Exit.FAILED)
    except BrokenPipeError:
        sys.stdout = None
        return int(Exit.FAILED)
    except SoundstageError as error:
        from soundstage.cli.output import print_error

        logging.getLogger(__name__).debug("The command failed.", exc_info=error)
        print_error(error, as_json="--json" in words)
        return int(exit_of_error(type(error)))
    return int(Exit.SUCCEEDED)
