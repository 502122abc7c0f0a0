"""Facts about what both web faces share."""
