"""Organisations and the parts they hold on contracts."""
