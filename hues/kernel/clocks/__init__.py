"""Time that the city keeps: its working hours, and what is to happen when an instant comes."""
