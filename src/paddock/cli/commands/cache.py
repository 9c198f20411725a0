# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock cache`: what has been fetched and scanned is kept; this shows how much, and empties it."""

import click

from paddock.cli.cache_folder import FOLDER_VARIABLE, SIZE_VARIABLE, open_cache, shown_size


@click.group()
def command() -> None:
    """Show or empty the cache that `paddock scan --deep` keeps fetched packages and findings in."""


@command.command()
def info() -> int:
    """Say where the cache is, what it holds and how large it may become."""
    cache = open_cache()
    size = cache.size()
    click.echo(f"folder     {cache.root}  ({FOLDER_VARIABLE} moves it)")
    click.echo(f"packages   {size.artifacts:,} files, {shown_size(size.artifact_bytes)}")
    click.echo(f"findings   {size.records:,} records, {shown_size(size.record_bytes)}")
    click.echo(f"unfinished {size.partial:,} files, {shown_size(size.partial_bytes)}")
    click.echo(
        f"limit      {shown_size(cache.max_bytes)}, in use {shown_size(size.bytes)}  ({SIZE_VARIABLE} changes it)"
    )
    return 0


@command.command()
def clear() -> int:
    """Remove everything that is in the cache; the next deep scan fetches anew."""
    before = open_cache().clear()
    click.echo(f"Removed {before.artifacts + before.records + before.partial:,} files, {shown_size(before.bytes)}.")
    return 0
