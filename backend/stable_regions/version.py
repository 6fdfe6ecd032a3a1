"""Which version this is: what the installed package says of itself."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("stable-regions")
except PackageNotFoundError:  # run from a checkout that is not installed
    __version__ = "0+unknown"
