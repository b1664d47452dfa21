"""The person says that something recorded about them is not so."""
