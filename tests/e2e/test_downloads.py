"""People find where to take their data home, and get whole files."""

import re
from collections.abc import Callable
from zipfile import ZipFile

import gemmi
from playwright.sync_api import Page, expect
from pypdf import PdfReader


def test_a_session_and_a_run_are_taken_home(log_in: Callable[..., Page], facility: str) -> None:
    page = log_in("ada", "/sessions")
    page.get_by_role("link", name=re.compile("mx415-3")).first.click()
    page.get_by_test_id("download-menu").first.click()
    with page.expect_download() as report:
        page.get_by_role("link", name="Report of the session").click()
    assert report.value.suggested_filename == "mx415-3_report.pdf"
    assert "Session mx415-3" in PdfReader(report.value.path()).pages[0].extract_text()
    page.get_by_test_id("download-menu").first.click()
    with page.expect_download() as files:
        page.get_by_role("link", name="Merged data zip", exact=True).click()
    with ZipFile(files.value.path()) as zipped:
        assert zipped.testzip() is None
        assert "results.csv" in zipped.namelist()
        assert any(name.endswith(".mtz") for name in zipped.namelist())
    page.get_by_test_id("download-menu").first.click()
    with page.expect_download() as table:
        page.get_by_role("link", name="Every run XLSX").click()
    assert table.value.suggested_filename == "mx415-3_results.xlsx"

    results = page.request.get(f"{facility}/ispyb/api/v1/processings/results?session=mx415-3").json()["results"]
    best = next(result for result in results if result["rank"] == 1)
    collection, run = best["dataCollectionIds"][0], best["autoProcProgramId"]
    page.goto(f"{page.url.split('?')[0]}/collections/{collection}?run={run}")
    expect(page.get_by_test_id("run-view")).to_be_visible()
    with page.expect_download() as deposition:
        page.get_by_role("link", name="For deposition (mmCIF)").click()
    block = gemmi.cif.read(str(deposition.value.path())).sole_block()
    assert float(block.find_value("_reflns.d_resolution_high")) < 4
    assert block.find_value("_diffrn_source.source") == "SYNCHROTRON"
