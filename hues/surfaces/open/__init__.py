"""The open door: Open311 GeoReport v2, for programs of others."""
