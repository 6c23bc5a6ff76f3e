"""Our own Reconciliation service (W3C Reconciliation Service API 0.2) over the entities of the current release.

Specification: https://reconciliation-api.github.io/specs/0.2/. Where the 1.0 draft adds something that clients of
0.2 do not mind (JSON bodies, conditions, names of features, standardised scores), it is there as well.
"""
