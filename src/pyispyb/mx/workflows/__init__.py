"""Workflows: experiments of several steps that decide how to go on."""
