"""Between the routes and the workers: cache, single flight, events, retries, cancellation. `desk.Service` is the door."""
