"""`certhouse ui`: the real web server and daemon, asked over HTTP as a browser would ask."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.command import COMMAND, environment

_PATIENCE_SECONDS = 240


class WebUi:
    """A running `certhouse ui`, its output so far, and questions to its GraphQL."""

    def __init__(self, place: Path, source: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = place / "ui.log"
        self.home = place / "home"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(  # noqa: S603
                [*COMMAND, "ui", "--home", str(self.home), "--source", str(source), "--port", str(self.port)],
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment(),
                start_new_session=True,
            )

    def ask(self, query: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/graphql",
            data=json.dumps({"query": query, "variables": variables or {}}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            content = json.load(answer)
        assert "errors" not in content, content
        data: dict[str, Any] = content["data"]
        return data

    def wait_until_loaded(self) -> None:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log.read_text()
            try:
                if self.ask("{repositoriesOrError{__typename ...on RepositoryConnection{nodes{name}}}}")[
                    "repositoriesOrError"
                ].get("nodes"):
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                pass
            time.sleep(1)
        raise AssertionError(f"the web UI did not come up:\n{self.log.read_text()}")

    def stop(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()


@pytest.fixture(scope="module")
def ui(tmp_path_factory: pytest.TempPathFactory, small_source: Path) -> Iterator[WebUi]:
    running = WebUi(tmp_path_factory.mktemp("ui"), small_source)
    try:
        running.wait_until_loaded()
        yield running
    finally:
        running.stop()


def test_it_listens_on_this_machine_only(ui: WebUi) -> None:
    """There is no login: reachable from elsewhere, anybody could file and publish."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    listening = {
        row[1].split(":")[0] for row in rows if row[3] == "0A" and int(row[1].split(":")[1], 16) == ui.port
    }
    assert listening == {"0100007F"}


def test_the_definitions_are_loaded_without_error(ui: WebUi) -> None:
    data = ui.ask(
        "{workspaceOrError{...on Workspace{locationEntries{name loadStatus locationOrLoadError{__typename}}}}"
        " assetsOrError{...on AssetConnection{nodes{key{path}}}}}"
    )
    assert [
        entry["locationOrLoadError"]["__typename"] for entry in data["workspaceOrError"]["locationEntries"]
    ] == ["RepositoryLocation"]
    keys = {"/".join(node["key"]["path"]) for node in data["assetsOrError"]["nodes"]}
    assert {
        "landing_batch",
        "published_warehouse",
        "marts/dim_certificate",
        "dashboard",
        "monthly_submission",
    } <= keys


def test_no_warning_is_shown(ui: WebUi) -> None:
    lines = ui.log.read_text().splitlines()
    assert [line for line in lines if "warn" in line.lower() or "error" in line.lower()] == []


def test_no_telemetry(ui: WebUi) -> None:
    data = ui.ask("{instance{info} }")
    assert "telemetry" in data["instance"]["info"]
    assert "enabled: false" in data["instance"]["info"].split("telemetry", 1)[1][:60]


def test_the_daemons_run(ui: WebUi) -> None:
    """Without them schedules and the sensor never tick, and the UI says so in yellow."""
    query = "{instance{daemonHealth{allDaemonStatuses{daemonType required healthy}}}}"
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        statuses = ui.ask(query)["instance"]["daemonHealth"]["allDaemonStatuses"]
        ill = [status["daemonType"] for status in statuses if status["required"] and not status["healthy"]]
        if not ill:
            return
        time.sleep(2)
    raise AssertionError(f"not healthy: {ill}")


@pytest.mark.slow
def test_everything_can_be_materialized_there(ui: WebUi) -> None:
    """With default settings, as a click on "Materialize" does: the daily job for a day, then the others."""
    _launch(ui, "daily", {"dagster/partition": "2026-11-15"})
    assert (ui.home / "warehouse" / "CURRENT").is_file()
    assert (ui.home / "reports" / "2026-11-15" / "index.html").is_file()
    _launch(ui, "annual", {"dagster/partition": "2026"})
    assert list((ui.home / "reports").rglob("annual-2026/*/*.html"))
    _launch(ui, "monthly", {"dagster/partition": "2026-10-01"})
    assert list((ui.home / "submissions" / "monthly").rglob("manifest.json"))


def _launch(ui: WebUi, job: str, tags: dict[str, str]) -> None:
    selector = {"repositoryLocationName": "dagster_project.definitions", "repositoryName": "__repository__"}
    data = ui.ask(
        "mutation($p:ExecutionParams!){launchRun(executionParams:$p){__typename"
        " ...on LaunchRunSuccess{run{runId}} ...on PythonError{message}}}",
        {
            "p": {
                "selector": {**selector, "jobName": job},
                "runConfigData": {},
                "executionMetadata": {"tags": [{"key": key, "value": value} for key, value in tags.items()]},
            }
        },
    )
    assert data["launchRun"]["__typename"] == "LaunchRunSuccess", data
    run_id = data["launchRun"]["run"]["runId"]
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        run = ui.ask("query($id:ID!){runOrError(runId:$id){...on Run{status}}}", {"id": run_id})["runOrError"]
        if run["status"] in ("SUCCESS", "FAILURE", "CANCELED"):
            break
        time.sleep(1)
    assert run["status"] == "SUCCESS", (job, run, ui.log.read_text()[-3000:])
