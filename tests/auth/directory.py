"""An LDAP directory that tests start themselves: slapd with a certificate of a throw-away authority."""

import base64
import datetime
import ipaddress
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.servers import free_port

BASE = "dc=example,dc=org"
PEOPLE = f"ou=people,{BASE}"
GROUPS = f"ou=groups,{BASE}"
SERVICE, SERVICE_PASSWORD = f"cn=ispyb,{BASE}", "a password of the service"
PASSWORD = "a pässword of the directory"
START_SECONDS = 20

MODULES = ("/usr/lib/ldap", "/usr/lib64/openldap", "/usr/libexec/openldap")
SCHEMAS = ("/etc/ldap/schema", "/etc/openldap/schema")

PEOPLE_THERE = {
    "ada": ("Ada", "Directory", "ada@example.org"),
    "Bo": ("Bo", "Ångström", "bo@example.org"),
    "o'comma, x+y": ("Odd", "Name", "odd@example.org"),
    "a*b(c)": ("Star", "Name", "star@example.org"),
}


class DirectoryMissingError(Exception):
    """This machine has no LDAP server, or no library that speaks to one."""


@dataclass
class LdapServer:
    """A directory with a few people and groups."""

    folder: Path
    host_in_certificate: str = "127.0.0.1"
    tls: bool = True
    tls_required: bool = False
    port: int = field(default_factory=free_port)
    tls_port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        """Where it answers, with StartTLS when the client asks for it."""
        return f"ldap://127.0.0.1:{self.port}"

    @property
    def tls_url(self) -> str:
        """Where it answers in TLS from the first byte."""
        return f"ldaps://127.0.0.1:{self.tls_port}"

    @property
    def authority(self) -> Path:
        """Certificate that signed the server's."""
        return self.folder / "ca.pem"

    @property
    def log(self) -> str:
        """What the server writes of its connections."""
        return (self.folder / "slapd.log").read_text(errors="replace")

    @contextmanager
    def running(self) -> Iterator["LdapServer"]:
        """Run it. Raises DirectoryMissingError."""
        slapd, slapadd = program("slapd"), program("slapadd")
        (self.folder / "data").mkdir(parents=True)
        make_certificates(self.folder, self.host_in_certificate)
        config = self.folder / "slapd.conf"
        config.write_text(self._config())
        subprocess.run([slapadd, "-f", config], input=entries(), text=True, check=True, capture_output=True)
        where = f"{self.url}/ {self.tls_url}/" if self.tls else f"{self.url}/"
        with (self.folder / "slapd.log").open("wb") as log:
            process = subprocess.Popen([slapd, "-f", config, "-h", where, "-d", "stats"], stdout=log, stderr=log)
        try:
            self._wait(process)
            yield self
        finally:
            process.kill()
            process.wait()

    def _config(self) -> str:
        lines = [f"include {found('core.schema', SCHEMAS)}/core.schema"]
        lines += [f"include {found('core.schema', SCHEMAS)}/{name}.schema" for name in ("cosine", "inetorgperson")]
        lines += [f"modulepath {found('back_mdb.so', MODULES)}", "moduleload back_mdb.so", "moduleload memberof.so"]
        if self.tls:
            lines += [
                f"TLSCACertificateFile {self.authority}",
                f"TLSCertificateFile {self.folder / 'server.pem'}",
                f"TLSCertificateKeyFile {self.folder / 'server.key'}",
            ]
        lines += ["security tls=1"] if self.tls_required else []
        lines += ["database mdb", f"suffix {BASE}", f"directory {self.folder / 'data'}", "overlay memberof"]
        lines += [
            "access to attrs=userPassword by anonymous auth by * none",
            f'access to * by dn.exact="{SERVICE}" read by self read by dn.subtree="{PEOPLE}" read by * none',
        ]
        return "\n".join(lines) + "\n"

    def _wait(self, process: "subprocess.Popen[bytes]") -> None:
        give_up = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up and process.poll() is None:
            if "slapd starting" in self.log:
                return
            time.sleep(0.02)
        raise AssertionError(self.log)


def program(name: str) -> str:
    """Path of a program of OpenLDAP. Raises DirectoryMissingError."""
    path = shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/libexec")
    if path is None:
        raise DirectoryMissingError(f"no {name} on this machine; apt-get install slapd")
    return path


def found(name: str, folders: tuple[str, ...]) -> str:
    """The folder that has the file. Raises DirectoryMissingError."""
    for folder in folders:
        if (Path(folder) / name).exists():
            return folder
    raise DirectoryMissingError(f"slapd has no {name}")


def escaped(value: str) -> str:
    """A value within a name (RFC 4514)."""
    return "".join(f"\\{letter}" if letter in ',+"\\<>;=' else letter for letter in value)


def dn(login: str) -> str:
    """The name of somebody."""
    return f"uid={escaped(login)},{PEOPLE}"


def entries() -> str:
    """The directory's content as LDIF."""
    blocks = [
        f"dn: {BASE}\nobjectClass: dcObject\nobjectClass: organization\no: Example\ndc: example",
        f"dn: {PEOPLE}\nobjectClass: organizationalUnit\nou: people",
        f"dn: {GROUPS}\nobjectClass: organizationalUnit\nou: groups",
        f"dn: {SERVICE}\nobjectClass: applicationProcess\nobjectClass: simpleSecurityObject\ncn: ispyb\n"
        f"userPassword: {SERVICE_PASSWORD}",
    ]
    for login, (given, family, mail) in PEOPLE_THERE.items():
        # slapadd runs no overlay: what `memberOf` says stands in the file.
        member = f"\nmemberOf: cn=mx-staff,{GROUPS}" if login == "ada" else ""
        member += f"\ndescription: \u00a0{login}\ntitle: {login}\u200b"
        blocks.append(
            f"dn: {dn(login)}\nobjectClass: inetOrgPerson\nuid: {login}\ncn: {given}\ngivenName: {given}\n"
            f"sn: {family}\nmail: {mail}\nuserPassword: {PASSWORD}{member}"
        )
    blocks.append(f"dn: cn=mx-staff,{GROUPS}\nobjectClass: groupOfNames\ncn: mx-staff\nmember: {dn('ada')}")
    return "\n\n".join(as_ldif(block) for block in blocks) + "\n"


def as_ldif(block: str) -> str:
    """Lines with letters beyond ASCII in base64, as LDIF wants them (RFC 2849)."""

    def line(text: str) -> str:
        name, value = text.split(": ", 1)
        return text if value.isascii() else f"{name}:: {base64.b64encode(value.encode()).decode()}"

    return "\n".join(map(line, block.splitlines()))


def make_certificates(folder: Path, host: str) -> None:
    """An authority (`ca.pem`), and a server certificate of it for one host (`server.pem`, `server.key`)."""
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = certificate("Authority of the tests", authority_key, authority_key, None)
    issued = certificate("Directory of the tests", key, authority_key, host, issuer="Authority of the tests")
    pem = serialization.Encoding.PEM
    (folder / "ca.pem").write_bytes(authority.public_bytes(pem))
    (folder / "server.pem").write_bytes(issued.public_bytes(pem))
    (folder / "server.key").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def certificate(
    subject: str,
    key: ec.EllipticCurvePrivateKey,
    signer: ec.EllipticCurvePrivateKey,
    host: str | None,
    issuer: str | None = None,
) -> x509.Certificate:
    """A certificate for an hour; of an authority when there is no host."""
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer or subject)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=5))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.BasicConstraints(ca=host is None, path_length=None), critical=True)
    )
    if host is not None:
        try:
            name: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(host))
        except ValueError:
            name = x509.DNSName(host)
        made = made.add_extension(x509.SubjectAlternativeName([name]), critical=False)
    return made.sign(signer, hashes.SHA256())
