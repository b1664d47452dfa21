"""What an export's files are made of: tables that no spreadsheet runs, archives that come out the same."""
