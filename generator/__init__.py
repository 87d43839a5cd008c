"""Everything that becomes paper. ReportLab lives only here."""
