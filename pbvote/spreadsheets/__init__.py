"""Tables that go out as XLSX or CSV, and come back from whatever spreadsheet somebody used."""
