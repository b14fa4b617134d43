"""What simulated pipelines make of the simulated data, in the past and as it is measured."""
