"""Keeps what the person set: settings, profile, schedule and the accepted safety notice."""
