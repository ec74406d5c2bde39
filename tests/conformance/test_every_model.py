"""What every table owes: a word on how long its rows are kept."""

import pytest
from django.apps import apps
from django.db import models

from hues.kernel.registry import retentions

OURS = [m for m in apps.get_models() if m.__module__.startswith("hues.")]


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_it_says_how_long_its_rows_are_kept(model: type[models.Model]) -> None:
    rules = [rule for rule in retentions() if rule.model == model._meta.label]
    assert len(rules) == 1
    assert rules[0].reason


def test_no_rule_speaks_of_a_table_that_is_gone() -> None:
    assert {rule.model for rule in retentions()} <= {m._meta.label for m in apps.get_models()}


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_its_foreign_keys_point_down_and_not_back(model: type[models.Model]) -> None:
    floors = ["kit", "kernel", "engines", "surfaces", "functions"]
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and field.related_model.__module__.startswith("hues."):
            mine, theirs = (m.__module__.split(".")[1] for m in (model, field.related_model))
            assert floors.index(theirs) <= floors.index(mine)
            if field.related_model._meta.app_label != model._meta.app_label:
                assert field.remote_field.related_name == "+"
