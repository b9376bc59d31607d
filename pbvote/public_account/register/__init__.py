"""The register of grants that the Local Government Transparency Code asks for: pages and files, year by year."""
