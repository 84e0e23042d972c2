"""``script/bench``: lists the measurements and runs one."""

import argparse
import importlib
import json
import sys
from pathlib import Path


def names() -> list[str]:
    """Every measurement: the modules of this folder that have a ``run``."""
    found = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))
    return [name for name in found if "def run(" in (Path(__file__).parent / f"{name}.py").read_text()]


def main() -> int:
    """Run the named measurement; with --json its figures are one object on the last line."""
    parser = argparse.ArgumentParser(prog="script/bench", description="Measurements as ratios and counts.")
    parser.add_argument("name", nargs="?", choices=names())
    parser.add_argument("--list", action="store_true", help="name the measurements")
    parser.add_argument("--full", action="store_true", help="the real run, which may take minutes")
    parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")
    options = parser.parse_args()
    if options.list or not options.name:
        print("\n".join(names()))
        return 0
    figures = importlib.import_module(f"bench.{options.name}").run(options.full)
    if options.json:
        print(json.dumps(figures))
    else:
        print("\n".join(f"{name}: {value}" for name, value in figures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
