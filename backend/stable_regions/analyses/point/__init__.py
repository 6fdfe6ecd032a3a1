"""One point of a plane, looked at closely: the likeliest next tokens there."""
