"""The day of an event as it was planned: its timetable, its papers, a calendar, and what residents ask for."""
