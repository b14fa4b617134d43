"""What clients of py-ispyb (2023) read of processing, at its addresses and in its shapes."""
