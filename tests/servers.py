"""Private database servers for tests: started in a folder of their own, reached by nobody else, gone afterwards."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SHARED_MEMORY = Path("/dev/shm")
ROOM_NEEDED = 2 * 1024**3
START_SECONDS = 60

# Nothing here survives the tests, so nothing waits for a disk.
FAST = (
    "--skip-log-bin",
    "--skip-name-resolve",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-flush-method=nosync",
    "--innodb-doublewrite=0",
    "--innodb-buffer-pool-size=128M",
    "--innodb-log-file-size=64M",
    "--key-buffer-size=1M",
    "--performance-schema=0",
    "--max-connections=100",
    "--character-set-server=utf8mb4",
)


class MariaDBMissingError(Exception):
    """This machine has no MariaDB server to start."""


class MariaDBFailedError(Exception):
    """The MariaDB server did not start, or a statement failed; the message holds its own words."""


@dataclass(frozen=True)
class MariaDB:
    """A running private server without passwords."""

    folder: Path
    port: int

    @property
    def socket(self) -> Path:
        """Where local clients reach it."""
        return self.folder / "sock"

    def url_for(self, database: str) -> str:
        """The address of one of its databases, as the application writes it."""
        return f"mysql+asyncmy://root@127.0.0.1:{self.port}/{database}"

    def run(self, sql: str, database: str = "") -> str:
        """Run statements with the command line client; answers what they print. Raises MariaDBFailedError."""
        client = [_program("mariadb", "mysql"), "--no-defaults", f"--socket={self.socket}", "--batch", "--raw"]
        client += ["--skip-column-names", "--default-character-set=utf8mb4", database]
        done = subprocess.run(client, input=sql, capture_output=True, text=True, check=False)
        if done.returncode:
            raise MariaDBFailedError(done.stderr.strip())
        return done.stdout

    def create(self, database: str, character_set: str = "utf8mb4") -> str:
        """An empty database in place of whatever had its name; answers its address."""
        self.run(f"DROP DATABASE IF EXISTS `{database}`; CREATE DATABASE `{database}` CHARACTER SET {character_set}")
        return self.url_for(database)


@contextmanager
def start_mariadb(*more: str) -> Iterator[MariaDB]:
    """A private server for the length of the block, with these options beside those that make it fast.

    Raises MariaDBMissingError when there is none to start, MariaDBFailedError when it does not come up.
    """
    program, installer = _program("mariadbd", "mysqld"), _program("mariadb-install-db", "mysql_install_db")
    with tempfile.TemporaryDirectory(prefix="mariadb-", dir=_roomy_folder()) as name:
        server = MariaDB(Path(name), free_port())
        log = server.folder / "log"
        temporary = server.folder / "tmp"  # a server that starts removes what it takes for left over in a shared one
        temporary.mkdir()
        options = ["--no-defaults", f"--datadir={server.folder / 'data'}", f"--tmpdir={temporary}", *FAST, *more]
        if os.geteuid() == 0:
            options.append("--user=root")
        where = [f"--socket={server.socket}", f"--pid-file={server.folder / 'pid'}", f"--port={server.port}"]
        with log.open("wb") as output:
            subprocess.run(
                [installer, *options, "--skip-test-db"], stdout=output, stderr=subprocess.STDOUT, check=False
            )
            process = subprocess.Popen(
                [program, *options, *where, "--bind-address=127.0.0.1", "--skip-grant-tables"],
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            _wait_until_up(server, process, log)
            yield server
        finally:
            process.kill()
            process.wait()


def _wait_until_up(server: MariaDB, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up and process.poll() is None:
        try:
            server.run("SELECT 1")
        except MariaDBFailedError:
            time.sleep(0.05)
        else:
            return
    raise MariaDBFailedError(log.read_text(errors="replace")[-4000:])


def _program(*names: str) -> str:
    for name in names:
        for path in (None, "/usr/sbin:/usr/local/sbin:/usr/libexec"):
            if found := shutil.which(name, path=path):
                return found
    raise MariaDBMissingError(f"no {names[0]} on this machine")


def _roomy_folder() -> Path | None:
    if SHARED_MEMORY.is_dir() and shutil.disk_usage(SHARED_MEMORY).free > ROOM_NEEDED:
        return SHARED_MEMORY
    return None


def free_port() -> int:
    """A port of this machine that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
