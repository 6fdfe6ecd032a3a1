"""The trust veil: how far each point of the plane is from what real text makes the model think."""
