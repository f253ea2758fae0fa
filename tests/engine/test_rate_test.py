import numpy as np
import pytest

from engine.compose import compose
from engine.rate_test import rate_test, suggested
from engine.trainer import Trainer


def test_the_steepest_fall_is_suggested() -> None:
    rates = np.geomspace(1e-6, 10.0, 71)
    # On the logarithmic scale the loss falls like a logistic curve whose middle lies at 10⁻².
    losses = 1e-2 + 1.0 / (1.0 + (rates / 1e-2) ** 2)
    suggestion = suggested(rates, np.log1p(losses))
    assert suggestion is not None
    assert 3e-3 < suggestion < 0.1


def test_a_loss_that_never_falls_suggests_nothing() -> None:
    assert suggested(np.geomspace(1e-6, 1.0, 20), np.linspace(1.0, 2.0, 20)) is None
    assert suggested(np.ones(3), np.ones(3)) is None


def test_a_fall_from_a_jump_is_no_good_rate() -> None:
    rates = np.geomspace(1e-6, 10.0, 70)
    losses = np.concatenate([np.full(20, 1.0), np.geomspace(1.0, 0.5, 20), np.full(10, 0.5), np.full(10, 3.0),
                             np.full(10, 0.6)])  # fmt: skip
    suggestion = suggested(rates, losses)
    assert suggestion is not None
    assert rates[18] < suggestion < rates[41]
    flat = np.concatenate([np.full(50, 0.7), np.full(10, 0.9), np.full(10, 0.699)])
    assert suggested(rates, flat) is None


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_the_suggested_rate_learns_better_than_a_tenth_and_survives(optimizer: str) -> None:
    found = rate_test(compose(data="moons", optimizer=optimizer, hidden=(8,)))
    assert found.suggestion is not None
    assert len(found.rates) == len(found.losses) > 20

    def loss_after(rate: float) -> float:
        trainer = Trainer(compose(data="moons", optimizer=optimizer, hidden=(8,), learning_rate=rate))
        trainer.run(10.0, steps=400)
        assert trainer.divergence is None
        return trainer.measure().train_loss

    assert loss_after(found.suggestion) < loss_after(found.suggestion / 10.0)


def test_it_reports_and_can_be_ended() -> None:
    shares: list[float] = []

    def report(share: float) -> None:
        shares.append(share)
        if share > 0.5:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        rate_test(compose(), report=report, stages=10)
    assert shares == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6])


def test_the_same_experiment_gives_the_same_test() -> None:
    first, second = rate_test(compose(data="xor")), rate_test(compose(data="xor"))
    np.testing.assert_array_equal(first.losses, second.losses)
    assert first.suggestion == second.suggestion
