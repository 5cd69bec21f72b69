"""Runs the command line as `python -m generator`, where the script `digest` is not on the path."""

from generator.cli import main

if __name__ == "__main__":  # not in the processes that a run starts
    main()
