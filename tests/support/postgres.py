"""A PostgreSQL of the tests' own: started in half a second, gone afterwards. Works as root and as anybody."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """The folder with initdb and postgres; the newest where there are several."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    found = [folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()]
    if found:
        return found[-1]
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def _as_other() -> list[str]:
    """initdb refuses to run as root: run it as the user that the package made."""
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []


def _run(*command: str) -> None:
    done = subprocess.run([*_as_other(), *command], capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr[-500:]}")


DURABLE = "-c shared_buffers=128MB -c max_connections=100"
SPEED = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=128MB -c max_connections=60"


@contextmanager
def running(*, durable: bool = False) -> Iterator[str]:
    """Start a cluster that listens on a socket only; yields its URL. Raises RuntimeError when it cannot.

    ``durable``: as in production, each commit on the disk; for measurements.
    """
    where = programs()
    if where is None:
        raise RuntimeError("PostgreSQL's programs are missing")
    with tempfile.TemporaryDirectory(prefix="samskap-pg-") as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        data = f"{folder}/data"
        _run(str(where / "initdb"), "-D", data, "-U", "samskap", "--auth=trust", "--encoding=UTF8", "--no-sync")
        control = [str(where / "pg_ctl"), "-D", data, "-w", "-s"]
        options = f"-k {folder} -c listen_addresses= {DURABLE if durable else SPEED}"
        _run(*control, "-l", f"{folder}/log", "-o", options, "start")
        try:
            _run(str(where / "createdb"), "-h", folder, "-U", "samskap", "samskap")
            os.chmod(folder, 0o755)
            yield f"postgresql://samskap@/samskap?host={folder}"
        finally:
            _run(*control, "-m", "immediate", "stop")
