"""The ways of logging in of one ISPyB: those that are built in and configured, and those that packages add."""

from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points
from typing import get_args

from ...errors import LoginRefused
from ..schemas import Credentials
from ..secrets import is_api_token
from ..settings import AuthSettings, PluginSettings
from .api_keys import ApiKeys
from .base import REFUSED, BrokenPluginError, Kind, Plugin
from .ldap import Directory
from .local import LocalAccounts
from .oidc import OpenIDConnect

ENTRY_POINTS = "pyispyb.auth"
"""Entry points of this group are called with their table of `[[auth.plugins]]` as a dict, and answer a Plugin."""


class LogIns:
    """Every way of logging in, by its name, in the order in which a page offers them."""

    def __init__(self, settings: AuthSettings, api_base: str) -> None:
        """Raises BrokenPluginError."""
        plugins: list[Plugin] = [
            OpenIDConnect(provider, start=f"{api_base}/auth/oidc/{provider.name}/start") for provider in settings.oidc
        ]
        plugins += [Directory(directory) for directory in settings.ldap]
        plugins += [_from_package(added) for added in settings.plugins]
        if settings.local:
            plugins.append(LocalAccounts())
        plugins.append(ApiKeys())
        self._plugins = {plugin.name: plugin for plugin in plugins}

    def __iter__(self) -> Iterator[Plugin]:
        return iter(self._plugins.values())

    def for_credentials(self, credentials: Credentials) -> Plugin:
        """The way that these credentials are for. Raises LoginRefused for one that is not offered."""
        plugin = self._plugins.get(self._wanted(credentials))
        if plugin is None:
            raise LoginRefused(REFUSED)
        return plugin

    def proof(self, credentials: Credentials) -> Credentials:
        """Credentials without what the way they are for does not look at: a password or a token."""
        plugin = self._plugins.get(self._wanted(credentials))
        unread = "token" if plugin is not None and plugin.kind == "password" else "password"
        return credentials.model_copy(update={unread: None})

    def _wanted(self, credentials: Credentials) -> str:
        if credentials.token and is_api_token(credentials.token):
            return "token"  # MXCuBE names an identity provider as plugin, whatever its token is
        return credentials.plugin or ("token" if credentials.token else self._default())

    def provider(self, name: str) -> OpenIDConnect | None:
        """The OpenID provider of that name."""
        plugin = self._plugins.get(name)
        return plugin if isinstance(plugin, OpenIDConnect) else None

    async def close(self) -> None:
        """Close the connections of all of them."""
        for plugin in self:
            await plugin.close()

    def _default(self) -> str:
        """The first way that takes a password, for clients that name none."""
        with_password = [plugin.name for plugin in self if plugin.kind == "password"]
        return "local" if "local" in with_password or not with_password else with_password[0]


def _from_package(settings: PluginSettings) -> Plugin:
    named = f"The log-in '{settings.name}' of type '{settings.type}'"
    try:
        plugin: Plugin = _entry_point(settings.type).load()(settings.model_dump())
    except BrokenPluginError:
        raise
    except Exception as error:
        raise BrokenPluginError(f"{named} does not start: {type(error).__name__}: {error}") from error
    lacking = [part for part in ("name", "label", "kind", "offer", "identify", "close") if not hasattr(plugin, part)]
    if lacking:
        raise BrokenPluginError(f"{named} has no {', '.join(lacking)}.")
    if plugin.name != settings.name or plugin.kind not in get_args(Kind):
        raise BrokenPluginError(f"{named} calls itself '{plugin.name}' of kind '{plugin.kind}'.")
    return plugin


def _entry_point(wanted: str) -> EntryPoint:
    installed = entry_points(group=ENTRY_POINTS)
    found = [point for point in installed if point.name == wanted]
    if len(found) == 1:
        return found[0]
    names = ", ".join(sorted({point.name for point in installed})) or "none"
    count = "No" if not found else "More than one"
    raise BrokenPluginError(f"{count} installed package adds log-ins of type '{wanted}'; there are: {names}.")
