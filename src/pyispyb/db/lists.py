"""One page of a list, read."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, func, select

from .database import Database
from .paging import Key, Page, after, cursor_after, order_by
from .typing import AnySelect


class PageRead(NamedTuple):
    """The rows of a page, the cursor behind them, and the total where it is known."""

    rows: Sequence[Row[Any]]
    after: str | None
    total: int | None


async def read_page(
    db: Database,
    statement: AnySelect,
    order: Sequence[Key],
    page: Page,
    limit: int,
    in_full: AnySelect | None = None,
) -> PageRead:
    """Up to `limit` rows of `statement` in this order.

    Where `statement` gives keys only, `in_full` reads the rows with the keys `ids`. The total is known where the page
    holds the whole list, or was asked for, which costs one statement more.
    """
    found = statement.where(*after(order, page.after)).order_by(*order_by(order)).offset(page.skip).limit(limit + 1)
    rows = await db.all(found)
    if in_full is not None:
        rows = await read_in_full(db, rows, in_full)
    more = cursor_after(order, rows[limit - 1]) if len(rows) > limit else None
    whole = more is None and page.skip == 0 and page.after is None
    total = len(rows) if whole else None
    if page.exact_total and total is None:
        total = await db.scalar(select(func.count()).select_from(statement.order_by(None).subquery()))
    return PageRead(rows[:limit], more, total)


async def read_in_full(db: Database, found: Sequence[Row[Any]], statement: AnySelect) -> Sequence[Row[Any]]:
    """What `statement` tells of the keys that lead the rows of `found`, in their order; it takes the keys as `ids`."""
    keys = [row[0] for row in found]
    known = {row[0]: row for row in await db.all(statement, {"ids": keys})} if keys else {}
    return [known[key] for key in keys if key in known]
