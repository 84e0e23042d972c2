"""Mutates the pure rules and asks whether a test notices. A survivor that is not listed with a reason fails.

Survivors that are accepted stand in ``tools/accepted_mutants.txt``: a name per line with a reason behind ``#``.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ACCEPTED = ROOT / "tools" / "accepted_mutants.txt"
MUTMUT = str(ROOT / ".venv" / "bin" / "mutmut")


def accepted() -> set[str]:
    """The mutants that may live, each for a reason."""
    lines = ACCEPTED.read_text().splitlines() if ACCEPTED.exists() else []
    return {line.split("#")[0].strip() for line in lines if line.strip() and not line.startswith("#")}


def survivors() -> set[str]:
    """Run the mutations and name those that no test noticed."""
    subprocess.run([MUTMUT, "run", "--max-children", "2"], cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
    shown = subprocess.run([MUTMUT, "results"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return {line.split(":")[0].strip() for line in shown.splitlines() if line.strip().endswith("survived")}


def main() -> int:
    """0 when every mutant was noticed or is accepted."""
    found = survivors()
    new = sorted(found - accepted())
    gone = sorted(accepted() - found)
    print(f"survivors: {len(found)}, accepted: {len(accepted())}")
    print("\n".join([*(f"not noticed: {name}" for name in new), *(f"no longer a survivor: {name}" for name in gone)]))
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main())
