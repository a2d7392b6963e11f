"""``remedies serve``: the page for the counter and the client, and the HTTP interface, on this computer."""

from __future__ import annotations

import gc

import click

from remedies.cli.chosen import catalogue_of
from remedies.cli.helping import Guided


@click.command(cls=Guided)
@click.option("--port", type=click.IntRange(0, 65535), help="Port; any that is free with 0, or if 8086 is taken.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; others than this computer can reach it only with another one.",
)
@click.option("--name", "names", multiple=True, help="Answer to this name of the computer as well; may be repeated.")
@click.option(
    "--origin", "origins", multiple=True, help="Let pages of this address ask for CDS Hooks cards; may be repeated."
)
@click.option("--no-open", is_flag=True, help="Do not open the page in the browser.")
@click.pass_context
def serve(
    ctx: click.Context,
    /,
    host: str,
    port: int | None,
    names: tuple[str, ...],
    origins: tuple[str, ...],
    *,
    no_open: bool,
) -> None:
    """Open the page: the counter, questions one by one, and the HTTP interface for other programs.

    It runs on this computer, needs no network and keeps nothing. Ctrl-C ends it.
    """
    from remedies.pages.html import extra

    extra("fastapi", "web", "The page")
    extra("uvicorn", "web", "The page")
    from remedies.web.serving import address_of, bound, is_loopback, names_of, run

    # A server may run for months; what a short command leaves to its end is given back here.
    gc.enable()
    catalogue = catalogue_of(ctx)
    taken = bound(host, port)
    address = address_of(taken)
    if not is_loopback(host):
        click.echo(
            "Warning: other computers can reach this page, without a password and in the clear. "
            "See docs/deploy.md before you use it for patients.",
            err=True,
        )
    click.echo(f"Counter: {address}\nStep by step: {address}ask\nCtrl-C ends it; nothing is kept.")
    try:
        run(taken, catalogue, hosts=names_of(host, names), origins=origins, show=not no_open)
    except KeyboardInterrupt:
        # uvicorn has ended in order, and then acts on Ctrl-C once more.
        click.echo("Ended.", err=True)
