"""Where results, leases and event logs are kept."""
