"""Places for runs: folders, addresses, and a server on loopback that answers as S3 does."""

import logging
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.runs import Store, lease

KEY, SECRET = "AKIAFAKEFORTESTS", "a-secret-that-must-not-be-kept"


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[str]:
    """Start an S3-compatible server on loopback, with an empty bucket named runs."""
    boto3 = pytest.importorskip("boto3")
    server_module = pytest.importorskip("moto.server")
    pytest.importorskip("s3fs")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # which tells of every request
    server = server_module.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
    ).create_bucket(Bucket="runs")
    yield endpoint
    server.stop()


@pytest.fixture
def s3(s3_endpoint: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address of a bucket; who may write to it is known from the environment alone."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3_endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return "s3://runs"


@pytest.fixture(params=["local", "file", "memory", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Return an empty store in each kind of place."""
    fresh = secrets.token_hex(4)
    if request.param == "s3":
        return Store.at(f"{request.getfixturevalue('s3')}/{fresh}")
    addresses = {
        "local": str(tmp_path / "runs"),
        "file": f"file://{tmp_path}/runs",
        "memory": f"memory://{fresh}/runs",
    }
    return Store.at(addresses[request.param])


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait for a lock on shared storage that another test thread just took."""
    monkeypatch.setattr(lease, "_TRIES", 1)
