# SPDX-License-Identifier: MIT
"""The models of domain §5d, one module each, and the registry of all of them."""

from workbench.domain.finance.model import Model
from workbench.domain.finance.models.debt import DEBT
from workbench.domain.finance.models.joint_venture import JOINT_VENTURE
from workbench.domain.finance.models.land_grant import LAND_GRANT
from workbench.domain.finance.models.lease_up import LEASE_UP
from workbench.domain.finance.models.three_source import THREE_SOURCE
from workbench.domain.finance.models.transfer import TRANSFER

MODELS: dict[str, Model] = {
    model.key: model
    for model in (TRANSFER, LEASE_UP, JOINT_VENTURE, THREE_SOURCE, LAND_GRANT, DEBT)
}


def model(key: str) -> Model | None:
    """Return a model by its key, or None."""
    return MODELS.get(key)
