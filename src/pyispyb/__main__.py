"""`pyispyb`, and `python -m pyispyb`."""

import gc


def main() -> None:
    """Entry point of `pyispyb`."""
    # Loading makes very many objects that stay: looking for circles among them again and again takes a fifth of it.
    gc.set_threshold(50_000, 20, 20)
    from .cli import app  # noqa: PLC0415

    app()


if __name__ == "__main__":
    main()
