"""Between the routes and the workers: cache, single flight, events, retries, cancellation. `service.Service` is the door."""
