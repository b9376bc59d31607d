"""The papers of one round, without anything personal."""
