"""`rapport`: runs a command; a UserError ends it with one message and its exit status."""

import sys

from rapport.core.errors import UserError


def main() -> None:
    """Run the command line; exit 0 done, 1 refused or found problems, 2 wrong usage or input."""
    # Imported here: the server's worker processes import this module and need no commands.
    from rapport.cli.app import app

    try:
        app()
    except UserError as error:
        sys.stderr.write(f"rapport: {error}\n")
        sys.exit(error.exit_status)
    except KeyboardInterrupt:
        sys.stderr.write(
            "rapport: stopped. What was finished is kept; run it again to go on.\n"
        )
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)


if __name__ == "__main__":
    main()
