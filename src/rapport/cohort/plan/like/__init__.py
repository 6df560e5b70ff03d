"""Plans to start from."""

from importlib.resources import files

from rapport.core.errors import UsageError


def names() -> tuple[str, ...]:
    """The names of the plans, sorted."""
    return tuple(
        sorted(
            p.name.removesuffix(".toml")
            for p in files(__name__).iterdir()
            if p.name.endswith(".toml")
        )
    )


def text(name: str) -> str:
    """The plan of that name as TOML. Errors: UsageError for a name that is not there."""
    if name not in names():
        raise UsageError(
            f"there is no plan like {name}",
            where="option --like",
            fix=f"choose from {', '.join(names())}",
        )
    return (files(__name__) / f"{name}.toml").read_text(encoding="utf-8")
