"""Characterisation of crystals and strategies of measuring them."""
