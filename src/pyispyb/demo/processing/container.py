"""A result as an AutoProcContainer, the XML that pipelines hand in."""

from collections.abc import Mapping
from typing import Any

from lxml import etree

from .files import Attachment

Element = Any
"""An element of lxml, which has no types."""

FOR_SWEEPS = "dataCollectionId"
"""Noted beside a sweep, not within."""


def container(program: Mapping[str, Any], made: Mapping[str, Any], attachments: list[Attachment]) -> bytes:
    """A container of what a run says of itself, what it made, and its files; shells have no place in it."""
    root = etree.Element("AutoProcContainer")
    _add(root, "AutoProc", {name: value for name, value in made.items() if name != "scalings"})
    for scaling in made["scalings"]:
        _add_scaling(root, scaling)
    about = etree.SubElement(root, "AutoProcProgramContainer")
    status = "1" if program["processingStatus"] == "success" else "0"
    _add(about, "AutoProcProgram", {**program, "processingStatus": status})
    for attachment in attachments:
        _add(about, "AutoProcProgramAttachment", attachment)
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return content


def _add_scaling(root: Element, scaling: Mapping[str, Any]) -> None:
    held = etree.SubElement(root, "AutoProcScalingContainer")
    etree.SubElement(held, "AutoProcScaling")
    for name, statistics in scaling["statistics"].items():
        _add(held, "AutoProcScalingStatistics", {"scalingStatisticsType": name, **statistics})
    for sweep in scaling["integrations"]:
        swept = etree.SubElement(held, "AutoProcIntegrationContainer")
        _add(swept, "Image", {FOR_SWEEPS: sweep[FOR_SWEEPS]})
        _add(swept, "AutoProcIntegration", {name: value for name, value in sweep.items() if name != FOR_SWEEPS})


def _add(parent: Element, name: str, values: Mapping[str, Any]) -> None:
    """An element with a child for each value that there is."""
    element = etree.SubElement(parent, name)
    for child, value in values.items():
        if value is not None:
            etree.SubElement(element, child).text = str(value)
