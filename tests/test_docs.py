"""The documentation says what the code does: read from the code itself, in both directions."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import typer
import yaml
from markdown.extensions.toc import slugify
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from pyispyb import problems
from pyispyb.app import API_BASE, create_app
from pyispyb.audit import Action
from pyispyb.audit.schemas import Activity
from pyispyb.cli import app as command_line
from pyispyb.db.migrations import VERSION_TABLE
from pyispyb.errors import IspybError
from pyispyb.settings import CONFIG_FILE_VARIABLE, Settings
from pyispyb.tables import Base
from pyispyb.tables.own import PREFIX

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "pyispyb"
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"])
ADRS = sorted((DOCS / "decisions").glob("0*.md"))


def text_of(page: str) -> str:
    """A page of the documentation."""
    return (DOCS / page).read_text()


def sections(page: str) -> dict[str, str]:
    """The text below each second-level heading."""
    parts = re.split(r"^## (.+)$", text_of(page), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows(text: str) -> list[list[str]]:
    """Cells of every table's rows, with their backticks."""
    lines = [line for line in text.splitlines() if line.startswith("|") and not line.startswith("|---")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def named(text: str) -> dict[str, list[str]]:
    """Rows by the one name in backticks that is their first cell."""
    return {match[1]: row for row in rows(text) if (match := re.fullmatch(r"`([^`]+)`", row[0]))}


def without_code(text: str) -> str:
    """A page without its fenced blocks."""
    return re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL)


# -- settings


def model_within(annotation: Any) -> type[BaseModel] | None:
    """The model that a field is, or that it is a list of."""
    candidates = (annotation, *get_args(annotation))
    return next((found for found in candidates if isinstance(found, type) and issubclass(found, BaseModel)), None)


def settings_fields(model: type[BaseModel], path: str = "", listed: bool = False) -> Iterator[tuple[str, Any, bool]]:
    """Dotted name and field of every setting, and whether it is of an entry of a list."""
    for name, field in model.model_fields.items():
        inner = model_within(field.annotation)
        is_list = inner is not None and inner is not field.annotation
        if inner is None or is_list:
            yield path + name, field, listed
        if inner is not None:
            yield from settings_fields(inner, f"{path}{name}.", listed or is_list)


FIELDS = {name: (field, listed) for name, field, listed in settings_fields(Settings)}


def as_default(field: Any) -> str:
    """A default as the page writes it."""
    value = field.get_default(call_default_factory=True)
    if value is PydanticUndefined:
        return "required"
    if value == "":
        return "empty"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


@pytest.mark.parametrize("name", FIELDS)
def test_a_setting_is_described_with_its_variable_and_default(name: str) -> None:
    field, listed = FIELDS[name]
    page = text_of("reference/settings.md")
    if name.startswith("demo_logins."):
        assert f"`{name}`" in page
        return
    _, variable, default, meaning = named(page)[name]
    assert variable == ("–" if listed else f"`ISPYB_{name.replace('.', '__').upper()}`")
    assert default == as_default(field)
    assert meaning


def test_no_setting_is_described_that_does_not_exist() -> None:
    described = [row[0].strip("`") for row in rows(text_of("reference/settings.md")) if row[1:2] != ["Read by"]]
    known = {"Setting", "Variable", CONFIG_FILE_VARIABLE, "TZ", "FORWARDED_ALLOW_IPS", "PORT`, `HOST`, `DATA_DIR"}
    assert set(described) - known <= set(FIELDS)


TOML_BLOCKS = [
    pytest.param(block, id=page.name)
    for page in PAGES
    for block in re.findall(r"^```toml.*?\n(.*?)^```", page.read_text(), flags=re.MULTILINE | re.DOTALL)
]


@pytest.mark.parametrize("block", TOML_BLOCKS)
def test_an_example_of_settings_is_accepted(block: str) -> None:
    assert Settings(**tomllib.loads(block)).model_fields_set


# -- the command line


def commands(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Every command by its full name; groups are what leads there."""
    if hasattr(command, "commands"):
        for word, inner in command.commands.items():
            yield from commands(inner, f"{name} {word}")
    else:
        yield name, command


COMMANDS = dict(commands(typer.main.get_command(command_line), "pyispyb"))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_described_with_its_options(name: str) -> None:
    section = sections("reference/cli.md")[name]
    options = {option.opts[0]: option for option in COMMANDS[name].params if option.param_type_name == "option"}
    described = named(section)
    assert set(described) == set(options)
    for flag, option in options.items():
        if option.default not in (None, False):
            assert described[flag][1] == f"`{option.default}`"
    for argument in COMMANDS[name].params:
        if argument.param_type_name == "argument":
            assert f"{name} {argument.name.upper()}" in section


def test_no_command_is_described_that_does_not_exist() -> None:
    assert set(sections("reference/cli.md")) == set(COMMANDS)


def test_options_of_the_program_itself_are_described() -> None:
    page = text_of("reference/cli.md")
    assert all(option.opts[0] in page for option in typer.main.get_command(command_line).params)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_on_a_page_exist(page: Path) -> None:
    words = re.findall(r"\bpyispyb ((?:db|admin|token|account) [\w-]+|serve|demo|openapi)\b", page.read_text())
    assert {f"pyispyb {word}" for word in words} <= set(COMMANDS)
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    assert set(re.findall(r"(?:`|\$ |&& )make ([a-z-]+)", page.read_text())) <= targets


# -- problems


def kinds(base: type[IspybError]) -> set[type[IspybError]]:
    """A problem type and all that derive from it."""
    return {base}.union(*map(kinds, base.__subclasses__()))


PROBLEMS = sorted((kind for kind in kinds(IspybError) if kind.__module__.startswith("pyispyb")), key=lambda k: k.slug)


@pytest.mark.parametrize("kind", PROBLEMS, ids=lambda kind: kind.slug)
def test_a_problem_type_is_described(kind: type[IspybError]) -> None:
    listed = {row[0]: row[1:] for row in rows(text_of("reference/problems.md"))}
    assert listed[f"[{kind.slug}](#{kind.slug})"] == [str(kind.status), kind.title]
    assert sections("reference/problems.md")[kind.slug].strip()


def test_no_problem_type_is_described_that_does_not_exist() -> None:
    assert set(sections("reference/problems.md")) == {kind.slug for kind in PROBLEMS}
    addresses = {word for page in PAGES for word in re.findall(rf"{problems.TYPE_BASE}([a-z-]+)", page.read_text())}
    assert addresses <= {kind.slug for kind in PROBLEMS}


# -- addresses, tables, files


def test_every_address_is_described_and_no_other() -> None:
    paths = create_app(Settings()).openapi()["paths"]
    offered = {
        f"{method.upper()} {path.removeprefix(API_BASE)}" for path, methods in paths.items() for method in methods
    }
    first_cells = "\n".join(row[0] for row in rows(text_of("reference/api.md")))
    described = set(re.findall(r"`((?:GET|POST|PATCH|PUT|DELETE) /[^`?]*)", first_cells))
    live = {"GET /sessions/{sessionId}/live"}
    assert described | live == offered
    assert "`GET /sessions/{sessionId}/live`" in sections("reference/api.md")["Live stream"]


def test_own_tables_are_described_with_their_columns() -> None:
    described = named(text_of("reference/own-tables.md"))
    own = {name: table for name, table in Base.metadata.tables.items() if name.startswith(PREFIX)}
    assert set(described) == {*own, VERSION_TABLE}
    for name, table in own.items():
        assert set(re.findall(r"`(\w+)`", described[name][2])) >= set(table.columns.keys())


def test_what_is_recorded_is_described() -> None:
    first_cells = " ".join(row[0] for row in rows(sections("reference/audit.md")["Actions"]))
    assert set(re.findall(r"`([\w.]+)`", first_cells)) == {action.value for action in Action}
    fields = {
        word for row in rows(sections("reference/audit.md")["An entry"]) for word in re.findall(r"`(\w+)`", row[0])
    }
    assert fields == set(Activity.model_fields) - {"auditId"}


def test_numbers_of_the_flavours_are_those_of_the_tables() -> None:
    tables = [table for name, table in Base.metadata.tables.items() if not name.startswith(PREFIX)]
    common = [table for table in tables if table.info["only"] is None]
    columns = [column.info.get("only") for table in common for column in table.columns]
    counts = [len(common), *(sum(table.info["only"] == flavour for table in tables) for flavour in ("dls", "collab"))]
    counts += [len(tables), columns.count(None), columns.count("dls"), columns.count("collab")]
    page = text_of("explanation/flavours.md")
    assert [number for number in counts if not re.search(rf"\b{number}\b", page)] == []


def test_reasons_for_a_missing_file_are_those_that_are_given() -> None:
    given = "".join(path.read_text() for path in (SOURCE / "files").glob("*.py"))
    reasons = [row[0] for row in rows(sections("how-to/serve-files.md")["When a picture does not appear"])]
    sentences = [reason for reason in reasons if reason.endswith(".") and "…" not in reason]
    assert [sentence for sentence in sentences if sentence not in given] == []
    assert set(re.findall(r'NotFound\(\s*"([^"]+)"', given)) <= set(sentences)


def test_the_map_of_folders_is_that_of_the_source() -> None:
    tree = sections("explanation/architecture.md")["Folders"]
    drawn = set(re.findall(r"^  ([\w.]+/?) ", tree, flags=re.MULTILINE))
    folders = {f"{path.name}/" for path in SOURCE.iterdir() if (path / "__init__.py").is_file()}
    assert {name for name in drawn if name.endswith("/")} == folders
    assert all((SOURCE / name).exists() for name in drawn)


# -- decisions and links


@pytest.mark.parametrize("number", range(1, len(ADRS) + 1))
def test_a_decision_is_whole_listed_and_in_the_navigation(number: int) -> None:
    page = ADRS[number - 1]
    assert page.name.startswith(f"{number:04}-")
    assert page.read_text().startswith(f"# {number}. ")
    assert list(sections(f"decisions/{page.name}")) == ["Context", "Decision", "Consequences"]
    title = page.read_text().splitlines()[0].removeprefix(f"# {number}. ")
    assert f"| {number} | [{title}]({page.name}) |" in text_of("decisions/index.md")
    assert f"decisions/{page.name}" in navigation()


def navigation() -> set[str]:
    """Every page that the navigation leads to."""

    def leaves(entry: Any) -> Iterator[str]:
        if isinstance(entry, str):
            yield entry
        else:
            for inner in entry.values() if isinstance(entry, dict) else entry:
                yield from leaves(inner)

    return set(leaves(yaml.safe_load((ROOT / "mkdocs.yml").read_text())["nav"]))


def test_the_navigation_leads_to_every_page() -> None:
    assert navigation() == {str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md")}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    dead = []
    for link in re.findall(r"\]\(([^)\s]+)\)", without_code(page.read_text())):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if link.startswith("https://"):
            continue
        if not target.exists() or (anchor and anchor not in anchors(target)):
            dead.append(link)
    assert dead == []


def anchors(page: Path) -> set[str]:
    """What the headings of a page can be linked by."""
    headings = re.findall(r"^#+ (.+)$", without_code(page.read_text()), flags=re.MULTILINE)
    return {slugify(heading.replace("`", ""), "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_paths_of_the_repository_exist(page: Path) -> None:
    named_paths = re.findall(r"`((?:[\w.-]+/)*[\w.-]*(?:/|\.py|\.toml|\.lock|\.md))`", without_code(page.read_text()))
    gone = [path for path in named_paths if not any((base / path).exists() for base in PLACES) and path not in MADE]
    assert gone == []


PLACES = (ROOT, SOURCE, SOURCE / "samples")
"""Where a path on a page may begin; any feature folder stands for the rooms that all of them have."""

MADE = {"ispyb.toml", "site/"}
"""What a facility writes, and what a build makes."""
