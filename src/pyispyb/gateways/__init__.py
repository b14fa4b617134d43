"""Addresses and shapes of other programs of ISPyB, each thin over the services: nobody imports these."""
