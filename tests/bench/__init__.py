"""`make bench`: how fast it is on this machine, beside what the machine could do at most."""
