"""The images that a detector wrote: read from disk, told about, and sent as numbers or as a picture."""
