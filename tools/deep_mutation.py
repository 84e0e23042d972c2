"""Mutates the pure rules and asks whether a test notices.

In what decides dates, duties, stages, verdicts and what is masked, a survivor that is not listed with a reason fails. Accepted
survivors stand in ``tools/accepted_mutants.txt``: the changed line and the reason behind ``#``. Elsewhere nine of ten
mutants must be noticed (what lives there is mostly the words of error messages).
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ACCEPTED = ROOT / "tools" / "accepted_mutants.txt"
MUTMUT = str(ROOT / ".venv" / "bin" / "mutmut")


STRICT = (
    "samskap.cases.rules.",
    "samskap.cases.rules_order.",
    "samskap.improve.rules.",
    "samskap.law.",
    "samskap.people.rules.",
    "samskap.voice.rules.",
    "samskap.stats.change.",
    "samskap.stats.disclosure.",
)
MOST = 0.10


def accepted() -> set[str]:
    """The changed lines that may live, each for a reason."""
    lines = ACCEPTED.read_text().splitlines() if ACCEPTED.exists() else []
    return {line.split("  #")[0].strip() for line in lines if line.strip() and not line.startswith("#")}


def run() -> dict[str, str]:
    """Mutant -> what became of it."""
    subprocess.run([MUTMUT, "run", "--max-children", "2"], cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
    shown = subprocess.run([MUTMUT, "results", "--all", "true"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    pairs = (line.strip().rsplit(": ", 1) for line in shown.splitlines() if ": " in line)
    return {name: state for name, state in pairs if "__mutmut_" in name}


def changed_line(name: str) -> str:
    """The line that a mutant has put in."""
    shown = subprocess.run([MUTMUT, "show", name], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    lines = [line[1:].strip() for line in shown.splitlines() if line.startswith("+") and not line.startswith("+++")]
    return " ".join(lines)


def main() -> int:
    """0 when what matters was noticed or is accepted, and nine of ten of the rest."""
    states = run()
    alive = [name for name, state in states.items() if state == "survived"]
    known = accepted()
    new = {name: line for name in alive if name.startswith(STRICT) and (line := changed_line(name)) not in known}
    print(f"mutants: {len(states)}, not noticed: {len(alive)}, accepted lines: {len(known)}")
    for name, line in sorted(new.items()):
        print(f"not noticed: {name}: {line}")
    return 1 if new or not states or len(alive) > MOST * len(states) else 0


if __name__ == "__main__":
    sys.exit(main())
