"""Absorption edges and spectra against what tables say of the elements."""

import numpy as np
import pytest

from pyispyb.demo.fluorescence import EDGES, scan_edge, spectrum


@pytest.mark.parametrize("element", EDGES)
def test_peak_and_inflection_lie_at_the_edge_in_their_order(element):
    found = scan_edge(element, 3).results()
    assert found["inflectionEnergy"] < found["peakEnergy"]
    assert found["peakEnergy"] == pytest.approx(EDGES[element].energy, abs=0.005)


@pytest.mark.parametrize("element", EDGES)
def test_the_inflection_point_has_the_lowest_f_prime_and_the_peak_the_highest_f_double_prime(element):
    found = scan_edge(element, 3).results()
    assert found["inflectionFPrime"] < found["peakFPrime"] < 0
    assert found["peakFDoublePrime"] > found["inflectionFDoublePrime"] > 0


def test_selenium_comes_out_as_phasing_people_know_it():
    found = scan_edge("Se", 1).results()
    assert -11 < found["inflectionFPrime"] < -8
    assert 5 < found["peakFDoublePrime"] < 8


def test_f_prime_far_below_the_edge_agrees_with_tables():
    """Cromer-Liberman: f' of Se 50 eV below its K edge is about -4 electrons."""
    assert scan_edge("Se", 1).f_prime[0] == pytest.approx(-4.2, abs=0.5)


def test_every_element_of_a_spectrum_stands_out_at_its_line():
    made = spectrum({"Fe": 0.4, "Zn": 1.0}, 12.7, 5)
    for energy in (6.400, 8.631):
        peak = made.counts[np.abs(made.energy - energy) < 0.03].mean()
        beside = made.counts[np.abs(made.energy - energy + 0.45) < 0.05].mean()
        assert peak > 20 * beside
    assert made.elements == ("Zn", "Fe")


def test_an_element_whose_edge_is_above_the_beam_does_not_fluoresce():
    made = spectrum({"Se": 1.0, "Cl": 0.2}, 9.0, 5)
    assert made.elements == ("Cl",)
    assert made.energy[-1] < 11
