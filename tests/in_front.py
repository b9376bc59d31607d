"""nginx as a council runs it: our own site in a configuration like Debian's, with a certificate made here."""

import contextlib
import datetime as dt
import http.client
import os
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.house import HOUSE
from tests.programs import program
from tests.serving import answers, free_port, wait_until

SITE = HOUSE / "deploy" / "one-machine" / "nginx" / "pbvote.conf"
DEBIANS = """
user {user};
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/others-error.log;
events {{ worker_connections 768; }}
http {{
    access_log {folder}/others.log;
    gzip on;
    gzip_proxied any;
    gzip_types text/plain text/css application/json application/javascript;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/pbvote.conf;
}}
"""


@dataclass(frozen=True, slots=True)
class InFront:
    """An nginx that serves our site."""

    folder: Path
    port: int
    plain_port: int

    def ask(
        self, path: str, body: bytes | Iterator[bytes] = b"", *, method: str = "", headers: dict[str, str] | None = None
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """The answer over HTTPS, from a host whose certificate is looked at."""
        trust = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        connection = http.client.HTTPSConnection("localhost", self.port, timeout=20, context=trust)
        with contextlib.closing(connection):
            connection.request(method or ("POST" if body else "GET"), path, body or None, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()

    def logs(self) -> str:
        """All that nginx has written down."""
        return "".join(file.read_text() for file in self.folder.glob("*.log"))

    def kept(self) -> set[str]:
        """The addresses whose answers it keeps for everybody."""
        files = [file.read_bytes() for file in (self.folder / "cache").rglob("*") if file.is_file()]
        return {file.partition(b"\nKEY: httpslocalhost")[2].partition(b"\n")[0].decode() for file in files}


def _changed(text: str, old: str, new: str) -> str:
    assert old in text, f"the site does not say {old}"
    return text.replace(old, new)


def make_certificate(folder: Path, days: int = 40) -> None:
    """A certificate for this host, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    begins = dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(begins).not_valid_after(begins + dt.timedelta(days=days))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    signed = made.sign(key, hashes.SHA256())
    (folder / "fullchain.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "privkey.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))


@contextlib.contextmanager
def nginx_before(served_port: int, folder: Path) -> Iterator[InFront]:
    """nginx with the site of deploy/one-machine, before what is served on that port; other names and ports alone."""
    nginx = program("nginx")
    front = InFront(folder, free_port(), free_port())
    make_certificate(folder)
    site = SITE.read_text()
    for old, new in (
        ("grants.council.example", "localhost"),
        ("/etc/letsencrypt/live/localhost/", f"{folder}/"),
        ("/var/log/nginx/", f"{folder}/"),
        ("/var/cache/nginx/pbvote", f"{folder}/cache"),
        ("server 127.0.0.1:5000;", f"server 127.0.0.1:{served_port};"),
        ("    listen [::]:80;\n", ""),
        ("    listen [::]:443 ssl http2;\n", ""),
        ("listen 80;", f"listen 127.0.0.1:{front.plain_port};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{front.port} ssl http2;"),
    ):
        site = _changed(site, old, new)
    (folder / "pbvote.conf").write_text(site)
    user = "root" if os.geteuid() == 0 else "nobody"
    (folder / "nginx.conf").write_text(DEBIANS.format(folder=folder, user=user))
    command: list[str | Path] = [nginx, "-c", folder / "nginx.conf", "-p", folder, "-e", folder / "others-error.log"]
    tried = subprocess.run([*command, "-t", "-q"], capture_output=True, text=True, timeout=60, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "[warn]" not in tried.stderr or os.geteuid() != 0, tried.stderr
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            wait_until(lambda: answers(front.port))
            yield front
        finally:
            process.terminate()
