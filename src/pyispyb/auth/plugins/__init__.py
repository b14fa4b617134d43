"""Ways of proving who one is. Each is small and knows nothing of tokens; a new one is one more module here."""

from .api_keys import is_good
from .base import REFUSED, BrokenPluginError, Claims, Identity, Plugin
from .local import hash_password
from .registry import LogIns

__all__ = ["REFUSED", "BrokenPluginError", "Claims", "Identity", "LogIns", "Plugin", "hash_password", "is_good"]
