"""`pyispyb demo`."""

from pathlib import Path
from typing import Annotated

import typer

from .pace import USUAL_INTERVAL


def demo(
    host: Annotated[str, typer.Option(help="Address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on")] = 8080,
    data_dir: Annotated[Path, typer.Option(help="Folder of the demo, made when there is none")] = Path("ispyb-demo"),
    interval: Annotated[float, typer.Option(min=0.1, help="Seconds between two events of a beamline")] = USUAL_INTERVAL,
) -> None:
    """Show a simulated facility: every page has data, and beamlines keep measuring. Ctrl-C ends it."""
    # Loaded here: it is half of the program, and other commands need none of it.
    from .running import run  # noqa: PLC0415
    from .setup import NotADemoFolderError  # noqa: PLC0415

    try:
        run(host, port, data_dir, interval)
    except (OSError, NotADemoFolderError) as error:
        typer.echo(f"The demo cannot start: {error}", err=True)
        raise typer.Exit(1) from error
