"""Programmes for the tests, as stretches of seconds and watts."""

from __future__ import annotations

from .plug import MINUTE, Stretch

OFF = (6 * 3600.0, 0.0)

# Washes, rinses, heats, circulates; then dries without power and pumps out.
DISHES: tuple[Stretch, ...] = (
    (30.0, 25.0),
    (15 * MINUTE, 60.0),
    (12 * MINUTE, 2000.0),
    (25 * MINUTE, 55.0),
    (8 * MINUTE, 1950.0),
    (4 * MINUTE, 50.0),
)
DRYING: Stretch = (24 * MINUTE, 0.5)
PUMP_OUT: Stretch = (50.0, 30.0)
DISHES_S = sum(seconds for seconds, _ in DISHES)

# Heats, tumbles, rinses, spins; ends with loosening turns.
WASH_HEAT: tuple[Stretch, ...] = ((30.0, 30.0), (9 * MINUTE, 2000.0))
TUMBLING: tuple[Stretch, ...] = ((12.0, 160.0), (8.0, 4.0)) * 90
SPIN: tuple[Stretch, ...] = (
    (60.0, 28.0),
    (5 * MINUTE, 420.0),
    *((6.0, 120.0), (12.0, 4.0)) * 5,
)
LAUNDRY: tuple[Stretch, ...] = (*WASH_HEAT, *TUMBLING, *SPIN)
LAUNDRY_S = sum(seconds for seconds, _ in LAUNDRY) - 12.0
SOAK: Stretch = (31 * MINUTE, 0.0)

# Heats and turns for an hour, cools down, then pulses against creases.
DRYING_LAUNDRY: tuple[Stretch, ...] = ((50 * MINUTE, 2200.0), (8 * MINUTE, 200.0))
ANTI_CREASE: tuple[Stretch, ...] = ((55.0, 2.0), (6.0, 200.0)) * 25
DRYING_LAUNDRY_S = 58 * MINUTE
