"""Where X-ray centring found the crystal."""
