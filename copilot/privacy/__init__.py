"""The boundary between this computer and everything else: labels, redaction, consent, the ledger."""
