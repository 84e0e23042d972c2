"""The tables of the kernel."""

from samskap.kernel.models.base import HashField, PublicModel, SealedField, TenantManager, TenantModel
from samskap.kernel.models.factors import SecondFactor
from samskap.kernel.models.tenancy import Account, Tenant
from samskap.kernel.models.trace import AuditEntry, AuditSeal, Revision
from samskap.kernel.models.work import (
    FormToken,
    ImportChunk,
    ImportFile,
    ImportRun,
    Invitation,
    Job,
    JobState,
    OutboxMessage,
    RateBucket,
)

__all__ = [
    "Account",
    "AuditEntry",
    "AuditSeal",
    "FormToken",
    "HashField",
    "ImportChunk",
    "ImportFile",
    "ImportRun",
    "Invitation",
    "Job",
    "JobState",
    "OutboxMessage",
    "PublicModel",
    "RateBucket",
    "Revision",
    "SealedField",
    "SecondFactor",
    "Tenant",
    "TenantManager",
    "TenantModel",
]
