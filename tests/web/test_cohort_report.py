"""The report of a made-up clinic beside the atlas."""

import base64
import hashlib
import re

import pytest
from django.conf import settings


@pytest.fixture
def report_folder(tmp_path, monkeypatch):
    page = "<title>A report</title><style>p{color:red}</style><p>Made up.</p>"
    (tmp_path / "report.html").write_text(page, encoding="utf-8")
    (tmp_path / "results.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(settings, "RAPPORT_COHORT", str(tmp_path))
    return tmp_path


def test_the_report_is_linked_from_the_first_page_and_shown(client, report_folder):
    assert 'href="/cohort"' in client.get("/").content.decode()
    assert "Made up." in client.get("/cohort").content.decode()
    assert client.get("/cohort.json").json() == {}


def test_the_policy_allows_the_styles_that_stand_in_the_report_and_nothing_else(
    client, report_folder
):
    answer = client.get("/cohort")
    mark = base64.b64encode(hashlib.sha256(b"p{color:red}").digest()).decode()
    policy = answer.headers["Content-Security-Policy"]
    assert re.findall(r"style-src ([^;]*);", policy) == [f"'sha256-{mark}'"]
    assert "default-src 'none'" in policy


def test_without_a_report_the_address_is_not_there(client):
    assert 'href="/cohort"' not in client.get("/").content.decode()
    assert client.get("/cohort").status_code == 404
    assert client.get("/cohort.json").status_code == 404
