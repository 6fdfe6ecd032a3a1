"""The processes that compute, and the pool through which the service reaches them."""
