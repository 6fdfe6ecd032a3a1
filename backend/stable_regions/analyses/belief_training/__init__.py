"""A model of a process, trained here, with the beliefs read off it as they form."""
