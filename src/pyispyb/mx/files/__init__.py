"""Models and files of reflections, whoever wrote them: what they say of themselves, and maps of them."""
