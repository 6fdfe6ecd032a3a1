"""The network with finitely many units, beside its mean field."""
