"""Reprocessing: data sets that people ask a pipeline to process once more, with parameters of their own."""
