"""From a certain size on there are several bodies, and one of them is stretched."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from ingestion.demo import generate, world
from ingestion.demo.days import number
from ingestion.demo.people import Job
from tests.unit.demo.conftest import AS_OF


def test_one_body_has_too_few_auditors() -> None:
    """Breaks when no body comes near 50 certificates per auditor, or all of them do."""
    business = world.build(7000, 1, number(AS_OF), lambda _: None)
    assert business.bodies.count == 3
    held = business.history.certificates
    valid = held.expires >= number(AS_OF)
    valid &= (held.replaced_on < 0) & (business.events.ended < 0)
    per_body = np.bincount(business.clients.body[held.client[valid]], minlength=3)
    auditors = (business.people.job == Job.AUDITOR) & (business.people.left < 0)
    ratio = per_body / np.bincount(business.people.body[auditors], minlength=3)
    assert 45 < ratio[business.bodies.strained] < 60
    assert (np.delete(ratio, business.bodies.strained) < 45).all()


@pytest.mark.slow
def test_time_grows_with_the_size_and_no_faster(tmp_path: Path) -> None:
    """Breaks when a loop over records creeps in: ten times the certificates may take twenty times as long."""
    seconds = []
    for size in (2000, 20000):
        began = time.process_time()
        generate(tmp_path / str(size), certificates=size, seed=1, as_of=AS_OF)
        seconds.append(time.process_time() - began)
    assert seconds[1] < 20 * max(seconds[0], 0.5)
    assert seconds[1] < 60
