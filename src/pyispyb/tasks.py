"""Tasks that go on until they are told to end."""

import asyncio


def told_to_end() -> bool:
    """True once the running task was cancelled, whatever became of that.

    A driver that is cancelled in the middle of a statement may take it for an error of its connection. Who catches such
    errors and goes on would never end.
    """
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
