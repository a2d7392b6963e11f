"""``python -m remedies`` does what the command does."""

from remedies.cli import main

if __name__ == "__main__":
    main(prog_name="remedies")
