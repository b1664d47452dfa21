"""Asking for exports, and making what they hold."""
