"""Contacts of devices, what was parked, revocation and cases."""
