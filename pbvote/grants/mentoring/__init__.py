"""Monitoring: who stays with which funded group, and what they saw."""
