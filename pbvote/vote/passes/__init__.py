"""Printed passes, and the phones and screens that are let in with them."""
