"""Hue-S: the app of a city and of its operations centre."""

import sys

from hues.kit.later import Later

sys.meta_path.insert(0, Later())
