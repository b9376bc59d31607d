"""The paper of an event: slips and their envelopes' labels, and the sheets that people sign or carry."""
