"""Make the tables.

What: every table, key and index of the data spine.
Why: docs/decisions/0001-data-spine.md
Lock: none; nothing stands yet.
Down: drops every table and all data.

Revises: nothing
"""

import sqlalchemy as sa
from alembic import op

from migrations import columns

revision = "0001_tables"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "audit_event",
        sa.Column("at", columns.MOMENT, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("user_id", columns.ID, nullable=True),
        sa.Column("membership_id", columns.ID, nullable=True),
        sa.Column("organisation_id", columns.ID, nullable=True),
        sa.Column("subject_id", columns.ID, nullable=True),
        sa.Column("contract_id", columns.ID, nullable=True),
        sa.Column("enrolment_id", columns.ID, nullable=True),
        sa.Column("detail", columns.JSON, nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    op.create_index("ix_audit_event_enrolment_id_at", "audit_event", ["enrolment_id", "at"], unique=False)
    op.create_index(
        "ix_audit_event_organisation_id_at", "audit_event", ["organisation_id", "at"], unique=False
    )
    op.create_table(
        "milestone_kind",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("jet_group", sa.Text(), nullable=False),
        sa.Column("counts", columns.JSON, nullable=False),
        sa.Column("hints", columns.JSON, nullable=False),
        sa.Column("helps", columns.JSON, nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_kind")),
        sa.UniqueConstraint("code", name=op.f("uq_milestone_kind_code")),
    )
    op.create_table(
        "sign_in_throttle",
        sa.Column("key_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("blocked_until", columns.MOMENT, nullable=True),
        sa.Column("last_failed_at", columns.MOMENT, nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_throttle")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_sign_in_throttle_key_hash")),
    )
    op.create_table(
        "user_account",
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("created_at", columns.MOMENT, nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("email", name=op.f("uq_user_account_email")),
    )
    op.create_table(
        "organisation",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("created_at", columns.MOMENT, nullable=False),
        sa.Column("outside_verifier_id", columns.ID, nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["outside_verifier_id"],
            ["user_account.id"],
            name=op.f("fk_organisation_outside_verifier_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
    )
    op.create_table(
        "device",
        sa.Column("organisation_id", columns.ID, nullable=False),
        sa.Column("first_seen_at", columns.MOMENT, nullable=False),
        sa.Column("last_seen_at", columns.MOMENT, nullable=False),
        sa.Column("last_user_id", columns.ID, nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("last_sequence", sa.Integer(), nullable=False),
        sa.Column("app_version", sa.Text(), nullable=True),
        sa.Column("revoked_at", columns.MOMENT, nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["last_user_id"], ["user_account.id"], name=op.f("fk_device_last_user_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_device_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
    )
    op.create_index(
        "ix_device_organisation_id_live",
        "device",
        ["organisation_id"],
        unique=False,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "instrument",
        sa.Column("owner_id", columns.ID, nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("scale_min", sa.Integer(), nullable=False),
        sa.Column("scale_max", sa.Integer(), nullable=False),
        sa.Column("is_context", sa.Boolean(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("loaded_at", columns.MOMENT, nullable=False),
        sa.Column("frozen_at", columns.MOMENT, nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["organisation.id"], name=op.f("fk_instrument_owner_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_instrument_code_version")),
    )
    op.create_table(
        "invitation",
        sa.Column("secret_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("organisation_id", columns.ID, nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("roles", columns.JSON, nullable=False),
        sa.Column("created_by_id", columns.ID, nullable=True),
        sa.Column("created_at", columns.MOMENT, nullable=False),
        sa.Column("expires_at", columns.MOMENT, nullable=False),
        sa.Column("used_at", columns.MOMENT, nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user_account.id"], name=op.f("fk_invitation_created_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_invitation_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_invitation_secret_hash")),
    )
    op.create_index(op.f("ix_invitation_organisation_id"), "invitation", ["organisation_id"], unique=False)
    op.create_table(
        "job",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("payload", columns.JSON, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("organisation_id", columns.ID, nullable=True),
        sa.Column("asked_by_id", columns.ID, nullable=True),
        sa.Column("created_at", columns.MOMENT, nullable=False),
        sa.Column("run_after", columns.MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", columns.MOMENT, nullable=True),
        sa.Column("done_count", sa.Integer(), nullable=False),
        sa.Column("total_count", sa.Integer(), nullable=True),
        sa.Column("finished_at", columns.MOMENT, nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user_account.id"], name=op.f("fk_job_asked_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_job_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index(
        "ix_job_due",
        "job",
        ["run_after"],
        unique=False,
        sqlite_where=sa.text("state IN ('waiting', 'running')"),
        postgresql_where=sa.text("state IN ('waiting', 'running')"),
    )
    op.create_index(
        "uq_job_key_waiting",
        "job",
        ["key"],
        unique=True,
        sqlite_where=sa.text("state IN ('waiting', 'running')"),
        postgresql_where=sa.text("state IN ('waiting', 'running')"),
    )
    op.create_table(
        "membership",
        sa.Column("user_id", columns.ID, nullable=False),
        sa.Column("organisation_id", columns.ID, nullable=False),
        sa.Column("roles", columns.JSON, nullable=False),
        sa.Column("created_at", columns.MOMENT, nullable=False),
        sa.Column("ended_at", columns.MOMENT, nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_membership_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("user_id", "organisation_id", name=op.f("uq_membership_user_id_organisation_id")),
    )
    op.create_index(op.f("ix_membership_organisation_id"), "membership", ["organisation_id"], unique=False)
    op.create_table(
        "package_area",
        sa.Column("commissioner_id", columns.ID, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["commissioner_id"],
            ["organisation.id"],
            name=op.f("fk_package_area_commissioner_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_area")),
        sa.UniqueConstraint("commissioner_id", "code", name=op.f("uq_package_area_commissioner_id_code")),
    )
    op.create_table(
        "rate_card",
        sa.Column("owner_id", columns.ID, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("payment_group_code", sa.Text(), nullable=True),
        sa.Column("cap_per_person_pence", sa.Integer(), nullable=True),
        sa.Column("claim_window_days", sa.Integer(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("definition_sha256", sa.Text(), nullable=False),
        sa.Column("loaded_at", columns.MOMENT, nullable=False),
        sa.Column("frozen_at", columns.MOMENT, nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["organisation.id"], name=op.f("fk_rate_card_owner_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate_card")),
        sa.UniqueConstraint("owner_id", "code", "version", name=op.f("uq_rate_card_owner_id_code_version")),
    )
    op.create_table(
        "stored_file",
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("sent_sha256", sa.Text(), nullable=False),
        sa.Column("kept_sha256", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("uploaded_by_id", columns.ID, nullable=False),
        sa.Column("received_at", columns.MOMENT, nullable=False),
        sa.Column("disposed_at", columns.MOMENT, nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_stored_file_provider_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["user_account.id"], name=op.f("fk_stored_file_uploaded_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint(
            "provider_id", "sent_sha256", name=op.f("uq_stored_file_provider_id_sent_sha256")
        ),
    )
    op.create_table(
        "upload",
        sa.Column("organisation_id", columns.ID, nullable=False),
        sa.Column("user_id", columns.ID, nullable=False),
        sa.Column("sent_sha256", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("received_bytes", sa.Integer(), nullable=False),
        sa.Column("started_at", columns.MOMENT, nullable=False),
        sa.Column("completed_at", columns.MOMENT, nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_upload_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_upload_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
        sa.UniqueConstraint(
            "organisation_id", "sent_sha256", name=op.f("uq_upload_organisation_id_sent_sha256")
        ),
    )
    op.create_table(
        "contract",
        sa.Column("package_area_id", columns.ID, nullable=True),
        sa.Column("commissioner_id", columns.ID, nullable=True),
        sa.Column("prime_id", columns.ID, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("nation", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("claim_day", sa.Integer(), nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["commissioner_id"], ["organisation.id"], name=op.f("fk_contract_commissioner_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["package_area_id"], ["package_area.id"], name=op.f("fk_contract_package_area_id_package_area")
        ),
        sa.ForeignKeyConstraint(
            ["prime_id"], ["organisation.id"], name=op.f("fk_contract_prime_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("prime_id", "code", name=op.f("uq_contract_prime_id_code")),
    )
    op.create_index(op.f("ix_contract_commissioner_id"), "contract", ["commissioner_id"], unique=False)
    op.create_index(op.f("ix_contract_prime_id"), "contract", ["prime_id"], unique=False)
    op.create_table(
        "ladder",
        sa.Column("instrument_id", columns.ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("short_title", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("worker_question", sa.Text(), nullable=True),
        sa.Column("jet_group", sa.Text(), nullable=True),
        sa.Column("is_higher_better", sa.Boolean(), nullable=False),
        sa.Column("anchors", columns.JSON, nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["instrument_id"], ["instrument.id"], name=op.f("fk_ladder_instrument_id_instrument")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder")),
        sa.UniqueConstraint("instrument_id", "code", name=op.f("uq_ladder_instrument_id_code")),
    )
    op.create_table(
        "rate",
        sa.Column("rate_card_id", columns.ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("price_pence", sa.Integer(), nullable=False),
        sa.Column("price_by_contract_year_percent", columns.JSON, nullable=True),
        sa.Column("price_on", sa.Text(), nullable=False),
        sa.Column("trigger", columns.JSON, nullable=False),
        sa.Column("evidence", columns.JSON, nullable=False),
        sa.Column("max_per_person", sa.Integer(), nullable=True),
        sa.Column("requires", columns.JSON, nullable=False),
        sa.Column("claim_lag_working_days", sa.Integer(), nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["rate_card_id"], ["rate_card.id"], name=op.f("fk_rate_rate_card_id_rate_card")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate")),
        sa.UniqueConstraint("rate_card_id", "code", name=op.f("uq_rate_rate_card_id_code")),
    )
    op.create_table(
        "sign_in_session",
        sa.Column("secret_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", columns.ID, nullable=False),
        sa.Column("membership_id", columns.ID, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("created_at", columns.MOMENT, nullable=False),
        sa.Column("seen_at", columns.MOMENT, nullable=False),
        sa.Column("ends_at", columns.MOMENT, nullable=False),
        sa.Column("ended_at", columns.MOMENT, nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_sign_in_session_membership_id_membership")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_sign_in_session_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_sign_in_session_secret_hash")),
    )
    op.create_index("ix_sign_in_session_user_id", "sign_in_session", ["user_id"], unique=False)
    op.create_table(
        "claim",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("prepared_by_id", columns.ID, nullable=False),
        sa.Column("created_at", columns.MOMENT, nullable=False),
        sa.Column("locked_at", columns.MOMENT, nullable=True),
        sa.Column("locked_by_id", columns.ID, nullable=True),
        sa.Column("approved_at", columns.MOMENT, nullable=True),
        sa.Column("approved_by_id", columns.ID, nullable=True),
        sa.Column("submitted_at", columns.MOMENT, nullable=True),
        sa.Column("submitted_by_id", columns.ID, nullable=True),
        sa.Column("settled_at", columns.MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["user_account.id"], name=op.f("fk_claim_approved_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_claim_contract_id_contract")),
        sa.ForeignKeyConstraint(
            ["locked_by_id"], ["user_account.id"], name=op.f("fk_claim_locked_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["prepared_by_id"], ["user_account.id"], name=op.f("fk_claim_prepared_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["user_account.id"], name=op.f("fk_claim_submitted_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("contract_id", "month", "number", name=op.f("uq_claim_contract_id_month_number")),
        sa.UniqueConstraint("id", "contract_id", name=op.f("uq_claim_id_contract_id")),
    )
    op.create_table(
        "notice",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("format", sa.String(40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("published_at", columns.MOMENT, nullable=False),
        sa.Column("published_by_id", columns.ID, nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_notice_contract_id_contract")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["user_account.id"], name=op.f("fk_notice_published_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "contract_id",
            "version",
            "language",
            "format",
            name=op.f("uq_notice_contract_id_version_language_format"),
        ),
        sa.UniqueConstraint("id", "contract_id", name=op.f("uq_notice_id_contract_id")),
    )
    op.create_table(
        "payment_group",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_payment_group_contract_id_contract")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_group")),
        sa.UniqueConstraint("contract_id", "code", name=op.f("uq_payment_group_contract_id_code")),
        sa.UniqueConstraint("id", "contract_id", name=op.f("uq_payment_group_id_contract_id")),
    )
    op.create_table(
        "referral_import",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("organisation_id", columns.ID, nullable=False),
        sa.Column("uploaded_by_id", columns.ID, nullable=False),
        sa.Column("uploaded_at", columns.MOMENT, nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("rows", columns.JSON, nullable=True),
        sa.Column("new_count", sa.Integer(), nullable=False),
        sa.Column("known_count", sa.Integer(), nullable=False),
        sa.Column("faulty_count", sa.Integer(), nullable=False),
        sa.Column("imported_at", columns.MOMENT, nullable=True),
        sa.Column("imported_count", sa.Integer(), nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_referral_import_contract_id_contract")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_referral_import_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"],
            ["user_account.id"],
            name=op.f("fk_referral_import_uploaded_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_import")),
    )
    op.create_table(
        "statement",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("created_at", columns.MOMENT, nullable=False),
        sa.Column("closed_at", columns.MOMENT, nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_statement_contract_id_contract")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint("contract_id", "month", name=op.f("uq_statement_contract_id_month")),
        sa.UniqueConstraint("id", "contract_id", name=op.f("uq_statement_id_contract_id")),
    )
    op.create_table(
        "subcontract",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("delivery", sa.String(40), nullable=False),
        sa.Column("promised_referrals", sa.Integer(), nullable=False),
        sa.Column("promised_value_pence", sa.BigInteger(), nullable=False),
        sa.Column("provider_share_basis_points", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_subcontract_contract_id_contract")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_subcontract_provider_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subcontract")),
        sa.UniqueConstraint(
            "contract_id", "provider_id", name=op.f("uq_subcontract_contract_id_provider_id")
        ),
    )
    op.create_index(op.f("ix_subcontract_provider_id"), "subcontract", ["provider_id"], unique=False)
    op.create_table(
        "verification_request",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("subject_root_id", columns.ID, nullable=False),
        sa.Column("verifier_id", columns.ID, nullable=False),
        sa.Column("sent_by_id", columns.ID, nullable=False),
        sa.Column("sent_at", columns.MOMENT, nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_verification_request_contract_id_contract")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"],
            ["organisation.id"],
            name=op.f("fk_verification_request_provider_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["user_account.id"], name=op.f("fk_verification_request_sent_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["verifier_id"],
            ["user_account.id"],
            name=op.f("fk_verification_request_verifier_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification_request")),
        sa.UniqueConstraint(
            "subject_root_id", "verifier_id", name=op.f("uq_verification_request_subject_root_id_verifier_id")
        ),
    )
    op.create_index(
        "ix_verification_request_verifier_id", "verification_request", ["verifier_id"], unique=False
    )
    op.create_table(
        "card_application",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("payment_group_id", columns.ID, nullable=True),
        sa.Column("rate_card_id", columns.ID, nullable=False),
        sa.Column("applies_from", sa.Date(), nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_card_application_contract_id_contract")
        ),
        sa.ForeignKeyConstraint(
            ["payment_group_id", "contract_id"],
            ["payment_group.id", "payment_group.contract_id"],
            name=op.f("fk_card_application_payment_group_id_contract_id_payment_group"),
        ),
        sa.ForeignKeyConstraint(
            ["rate_card_id"], ["rate_card.id"], name=op.f("fk_card_application_rate_card_id_rate_card")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_application")),
        sa.UniqueConstraint(
            "contract_id",
            "payment_group_id",
            "applies_from",
            name=op.f("uq_card_application_contract_id_payment_group_id_applies_from"),
        ),
    )
    op.create_table(
        "export",
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("organisation_id", columns.ID, nullable=False),
        sa.Column("asked_by_id", columns.ID, nullable=False),
        sa.Column("asked_at", columns.MOMENT, nullable=False),
        sa.Column("expires_at", columns.MOMENT, nullable=False),
        sa.Column("contract_id", columns.ID, nullable=True),
        sa.Column("claim_id", columns.ID, nullable=True),
        sa.Column("job_id", columns.ID, nullable=False),
        sa.Column("finished_at", columns.MOMENT, nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("size_bytes", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user_account.id"], name=op.f("fk_export_asked_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_export_claim_id_claim")),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_export_contract_id_contract")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_export_job_id_job")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_export_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export")),
    )
    op.create_index(op.f("ix_export_asked_by_id"), "export", ["asked_by_id"], unique=False)
    op.create_table(
        "participant",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("payment_group_id", columns.ID, nullable=True),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("referral_reference", sa.Text(), nullable=False),
        sa.Column("is_restricted", sa.Boolean(), nullable=False),
        sa.Column("created_at", columns.MOMENT, nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_participant_contract_id_contract")
        ),
        sa.ForeignKeyConstraint(
            ["payment_group_id", "contract_id"],
            ["payment_group.id", "payment_group.contract_id"],
            name=op.f("fk_participant_payment_group_id_contract_id_payment_group"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint("contract_id", "reference", name=op.f("uq_participant_contract_id_reference")),
        sa.UniqueConstraint(
            "contract_id", "referral_reference", name=op.f("uq_participant_contract_id_referral_reference")
        ),
        sa.UniqueConstraint("id", "contract_id", name=op.f("uq_participant_id_contract_id")),
    )
    op.create_index(
        "ix_participant_restricted",
        "participant",
        ["id"],
        unique=False,
        sqlite_where=sa.text("is_restricted = 1"),
        postgresql_where=sa.text("is_restricted"),
    )
    op.create_table(
        "remittance",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("statement_id", columns.ID, nullable=False),
        sa.Column("prime_paid_on", sa.Date(), nullable=True),
        sa.Column("passed_on_on", sa.Date(), nullable=True),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_remittance_provider_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id", "contract_id"],
            ["statement.id", "statement.contract_id"],
            name=op.f("fk_remittance_statement_id_contract_id_statement"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remittance")),
        sa.UniqueConstraint(
            "statement_id", "provider_id", name=op.f("uq_remittance_statement_id_provider_id")
        ),
    )
    op.create_table(
        "adviser_assignment",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("participant_id", columns.ID, nullable=False),
        sa.Column("user_id", columns.ID, nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id", "contract_id"],
            ["participant.id", "participant.contract_id"],
            name=op.f("fk_adviser_assignment_participant_id_contract_id_participant"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_adviser_assignment_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adviser_assignment")),
    )
    op.create_index(
        "ix_adviser_assignment_user_id_live",
        "adviser_assignment",
        ["user_id"],
        unique=False,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_index(
        "uq_adviser_assignment_live",
        "adviser_assignment",
        ["participant_id"],
        unique=True,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_table(
        "enrolment",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("participant_id", columns.ID, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("closed_reason", sa.Text(), nullable=True),
        sa.Column("worker_id", columns.ID, nullable=True),
        sa.Column("notice_id", columns.ID, nullable=True),
        sa.Column("notice_given_on", sa.Date(), nullable=True),
        sa.Column("notice_manner", sa.String(40), nullable=True),
        sa.Column("notice_given_by_id", columns.ID, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("entitlements_due", sa.Boolean(), nullable=False),
        sa.Column("attention_on", sa.Date(), nullable=False),
        sa.Column("needs_you_on", sa.Date(), nullable=True),
        sa.Column("needs_you_count", sa.Integer(), nullable=False),
        sa.Column("needs_you_reason", sa.Text(), nullable=True),
        sa.Column("next_planned_at", columns.MOMENT, nullable=True),
        sa.Column("baseline_due_on", sa.Date(), nullable=True),
        sa.Column("review_due_on", sa.Date(), nullable=True),
        sa.Column("plan_due_on", sa.Date(), nullable=True),
        sa.Column("first_met_on", sa.Date(), nullable=True),
        sa.Column("last_met_on", sa.Date(), nullable=True),
        sa.Column("last_tried_on", sa.Date(), nullable=True),
        sa.Column("evidence_missing_count", sa.Integer(), nullable=False),
        sa.Column("evidence_missing_kind", sa.Text(), nullable=True),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("last_sitting_on", sa.Date(), nullable=True),
        sa.Column("last_sitting_kind", sa.Text(), nullable=True),
        sa.Column("latest_scores", columns.JSON, nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id", "provider_id"],
            ["subcontract.contract_id", "subcontract.provider_id"],
            name=op.f("fk_enrolment_contract_id_provider_id_subcontract"),
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_enrolment_contract_id_contract")
        ),
        sa.ForeignKeyConstraint(
            ["notice_given_by_id"],
            ["user_account.id"],
            name=op.f("fk_enrolment_notice_given_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["notice_id", "contract_id"],
            ["notice.id", "notice.contract_id"],
            name=op.f("fk_enrolment_notice_id_contract_id_notice"),
        ),
        sa.ForeignKeyConstraint(
            ["participant_id", "contract_id"],
            ["participant.id", "participant.contract_id"],
            name=op.f("fk_enrolment_participant_id_contract_id_participant"),
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_enrolment_provider_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["user_account.id"], name=op.f("fk_enrolment_worker_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint(
            "id", "contract_id", "provider_id", name=op.f("uq_enrolment_id_contract_id_provider_id")
        ),
    )
    op.create_index(
        "ix_enrolment_contract_due",
        "enrolment",
        ["contract_id"],
        unique=False,
        sqlite_where=sa.text("entitlements_due"),
        postgresql_where=sa.text("entitlements_due"),
    )
    op.create_index("ix_enrolment_participant_id", "enrolment", ["participant_id"], unique=False)
    op.create_index(
        "ix_enrolment_provider_closed",
        "enrolment",
        ["provider_id", "attention_on", "id"],
        unique=False,
        sqlite_where=sa.text("state NOT IN ('referred', 'accepted', 'started', 'paused')"),
        postgresql_where=sa.text("state NOT IN ('referred', 'accepted', 'started', 'paused')"),
    )
    op.create_index(
        "ix_enrolment_provider_live",
        "enrolment",
        ["provider_id", "attention_on", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('referred', 'accepted', 'started', 'paused')"),
        postgresql_where=sa.text("state IN ('referred', 'accepted', 'started', 'paused')"),
    )
    op.create_index(
        "ix_enrolment_worker_live",
        "enrolment",
        ["worker_id", "attention_on", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('referred', 'accepted', 'started', 'paused')"),
        postgresql_where=sa.text("state IN ('referred', 'accepted', 'started', 'paused')"),
    )
    op.create_table(
        "person_details",
        sa.Column("id", columns.ID, nullable=False),
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("search_name", sa.Text(), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("access_needs", sa.Text(), nullable=True),
        sa.Column("nino_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("nino_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("nino_key_id", sa.Text(), nullable=True),
        sa.Column("updated_at", columns.MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["id", "contract_id"],
            ["participant.id", "participant.contract_id"],
            name=op.f("fk_person_details_id_contract_id_participant"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_details")),
    )
    op.create_index(
        "ix_person_details_contract_id_nino_hash",
        "person_details",
        ["contract_id", "nino_hash"],
        unique=False,
    )
    op.create_index(
        "ix_person_details_contract_id_search_name",
        "person_details",
        ["contract_id", "search_name"],
        unique=False,
    )
    op.create_table(
        "restricted_viewer",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("participant_id", columns.ID, nullable=False),
        sa.Column("user_id", columns.ID, nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id", "contract_id"],
            ["participant.id", "participant.contract_id"],
            name=op.f("fk_restricted_viewer_participant_id_contract_id_participant"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_restricted_viewer_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restricted_viewer")),
        sa.UniqueConstraint(
            "participant_id", "user_id", name=op.f("uq_restricted_viewer_participant_id_user_id")
        ),
    )
    op.create_table(
        "same_person_link",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("participant_id", columns.ID, nullable=False),
        sa.Column("other_id", columns.ID, nullable=False),
        sa.Column("linked_at", columns.MOMENT, nullable=False),
        sa.Column("linked_by_id", columns.ID, nullable=False),
        sa.Column("ended_at", columns.MOMENT, nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["linked_by_id"], ["user_account.id"], name=op.f("fk_same_person_link_linked_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["other_id", "contract_id"],
            ["participant.id", "participant.contract_id"],
            name=op.f("fk_same_person_link_other_id_contract_id_participant"),
        ),
        sa.ForeignKeyConstraint(
            ["participant_id", "contract_id"],
            ["participant.id", "participant.contract_id"],
            name=op.f("fk_same_person_link_participant_id_contract_id_participant"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_same_person_link")),
    )
    op.create_index(op.f("ix_same_person_link_other_id"), "same_person_link", ["other_id"], unique=False)
    op.create_index(
        op.f("ix_same_person_link_participant_id"), "same_person_link", ["participant_id"], unique=False
    )
    op.create_table(
        "enrolment_event",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("enrolment_id", columns.ID, nullable=False),
        sa.Column("at", columns.MOMENT, nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("user_id", columns.ID, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("other_id", columns.ID, nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id", "contract_id", "provider_id"],
            ["enrolment.id", "enrolment.contract_id", "enrolment.provider_id"],
            name=op.f("fk_enrolment_event_enrolment_id_contract_id_provider_id_enrolment"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_enrolment_event_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_event")),
    )
    op.create_index("ix_enrolment_event_enrolment_id", "enrolment_event", ["enrolment_id"], unique=False)
    op.create_table(
        "entitlement",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("participant_id", columns.ID, nullable=False),
        sa.Column("enrolment_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("rate_id", columns.ID, nullable=False),
        sa.Column("rate_code", sa.Text(), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("price_pence", sa.Integer(), nullable=False),
        sa.Column("provider_share_pence", sa.Integer(), nullable=False),
        sa.Column("claimable_from", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("is_claimed", sa.Boolean(), nullable=False),
        sa.Column("missing_code", sa.Text(), nullable=True),
        sa.Column("conditions", columns.JSON, nullable=False),
        sa.Column("record_ids", columns.JSON, nullable=False),
        sa.Column("consumed_root_ids", columns.JSON, nullable=False),
        sa.Column("settled_at", columns.MOMENT, nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id", "contract_id", "provider_id"],
            ["enrolment.id", "enrolment.contract_id", "enrolment.provider_id"],
            name=op.f("fk_entitlement_enrolment_id_contract_id_provider_id_enrolment"),
        ),
        sa.ForeignKeyConstraint(
            ["participant_id", "contract_id"],
            ["participant.id", "participant.contract_id"],
            name=op.f("fk_entitlement_participant_id_contract_id_participant"),
        ),
        sa.ForeignKeyConstraint(["rate_id"], ["rate.id"], name=op.f("fk_entitlement_rate_id_rate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entitlement")),
        sa.UniqueConstraint("id", "contract_id", name=op.f("uq_entitlement_id_contract_id")),
        sa.UniqueConstraint(
            "participant_id",
            "rate_code",
            "occurrence",
            name=op.f("uq_entitlement_participant_id_rate_code_occurrence"),
        ),
    )
    op.create_index(
        "ix_entitlement_complete",
        "entitlement",
        ["contract_id", "closes_on", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'complete' AND NOT is_claimed"),
        postgresql_where=sa.text("state = 'complete' AND NOT is_claimed"),
    )
    op.create_index("ix_entitlement_enrolment_id", "entitlement", ["enrolment_id"], unique=False)
    op.create_index(
        "ix_entitlement_incomplete",
        "entitlement",
        ["contract_id", "closes_on", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'incomplete' AND NOT is_claimed"),
        postgresql_where=sa.text("state = 'incomplete' AND NOT is_claimed"),
    )
    op.create_index(
        "ix_entitlement_provider_complete",
        "entitlement",
        ["provider_id", "closes_on", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'complete' AND NOT is_claimed"),
        postgresql_where=sa.text("state = 'complete' AND NOT is_claimed"),
    )
    op.create_index(
        "ix_entitlement_provider_incomplete",
        "entitlement",
        ["provider_id", "closes_on", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'incomplete' AND NOT is_claimed"),
        postgresql_where=sa.text("state = 'incomplete' AND NOT is_claimed"),
    )
    op.create_table(
        "record",
        sa.Column("root_id", columns.ID, nullable=False),
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("enrolment_id", columns.ID, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", columns.MOMENT, nullable=False),
        sa.Column("received_at", columns.MOMENT, nullable=False),
        sa.Column("clock_offset_seconds", sa.Integer(), nullable=True),
        sa.Column("author_id", columns.ID, nullable=False),
        sa.Column("device_id", columns.ID, nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("supersedes_id", columns.ID, nullable=True),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_record_author_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id", "contract_id", "provider_id"],
            ["enrolment.id", "enrolment.contract_id", "enrolment.provider_id"],
            name=op.f("fk_record_enrolment_id_contract_id_provider_id_enrolment"),
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["record.id"], name=op.f("fk_record_supersedes_id_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
        sa.UniqueConstraint(
            "id", "contract_id", "provider_id", name=op.f("uq_record_id_contract_id_provider_id")
        ),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_record_supersedes_id")),
    )
    op.create_index("ix_record_enrolment_id_kind", "record", ["enrolment_id", "kind"], unique=False)
    op.create_index(
        "ix_record_provider_id_to_verify",
        "record",
        ["provider_id", "received_at"],
        unique=False,
        sqlite_where=sa.text("kind IN ('start', 'milestone', 'employment') OR content_hash >= 'e66'"),
        postgresql_where=sa.text("kind IN ('start', 'milestone', 'employment') OR content_hash >= 'e66'"),
    )
    op.create_index("ix_record_root_id", "record", ["root_id"], unique=False)
    op.create_table(
        "action_plan",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("steps", columns.JSON, nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["id", "contract_id", "provider_id"],
            ["record.id", "record.contract_id", "record.provider_id"],
            name=op.f("fk_action_plan_id_contract_id_provider_id_record"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_plan")),
    )
    op.create_table(
        "assessment",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("sitting_id", columns.ID, nullable=False),
        sa.Column("sitting_kind", sa.String(40), nullable=False),
        sa.Column("rater", sa.String(40), nullable=False),
        sa.Column("instrument_id", columns.ID, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("scores", columns.JSON, nullable=False),
        sa.Column("is_original", sa.Boolean(), nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["id", "contract_id", "provider_id"],
            ["record.id", "record.contract_id", "record.provider_id"],
            name=op.f("fk_assessment_id_contract_id_provider_id_record"),
        ),
        sa.ForeignKeyConstraint(
            ["instrument_id"], ["instrument.id"], name=op.f("fk_assessment_instrument_id_instrument")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    op.create_index(
        "uq_assessment_sitting_rater",
        "assessment",
        ["sitting_id", "rater"],
        unique=True,
        sqlite_where=sa.text("is_original"),
        postgresql_where=sa.text("is_original"),
    )
    op.create_table(
        "claim_exclusion",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("claim_id", columns.ID, nullable=False),
        sa.Column("entitlement_id", columns.ID, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("excluded_at", columns.MOMENT, nullable=False),
        sa.Column("excluded_by_id", columns.ID, nullable=False),
        sa.Column("contested_at", columns.MOMENT, nullable=True),
        sa.Column("contested_by_id", columns.ID, nullable=True),
        sa.Column("contest_words", sa.Text(), nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id", "contract_id"],
            ["claim.id", "claim.contract_id"],
            name=op.f("fk_claim_exclusion_claim_id_contract_id_claim"),
        ),
        sa.ForeignKeyConstraint(
            ["contested_by_id"],
            ["user_account.id"],
            name=op.f("fk_claim_exclusion_contested_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["entitlement_id", "contract_id"],
            ["entitlement.id", "entitlement.contract_id"],
            name=op.f("fk_claim_exclusion_entitlement_id_contract_id_entitlement"),
        ),
        sa.ForeignKeyConstraint(
            ["excluded_by_id"],
            ["user_account.id"],
            name=op.f("fk_claim_exclusion_excluded_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_claim_exclusion_provider_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_exclusion")),
        sa.UniqueConstraint(
            "claim_id", "entitlement_id", name=op.f("uq_claim_exclusion_claim_id_entitlement_id")
        ),
    )
    op.create_index("ix_claim_exclusion_provider_id", "claim_exclusion", ["provider_id"], unique=False)
    op.create_table(
        "claim_line",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("claim_id", columns.ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("entitlement_id", columns.ID, nullable=False),
        sa.Column("participant_id", columns.ID, nullable=False),
        sa.Column("enrolment_id", columns.ID, nullable=False),
        sa.Column("rate_id", columns.ID, nullable=False),
        sa.Column("rate_code", sa.Text(), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("price_pence", sa.Integer(), nullable=False),
        sa.Column("provider_share_pence", sa.Integer(), nullable=False),
        sa.Column("claimable_from", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("clawback", sa.String(40), nullable=False),
        sa.Column("created_at", columns.MOMENT, nullable=False),
        sa.Column("released_at", columns.MOMENT, nullable=True),
        sa.Column("released_reason", sa.Text(), nullable=True),
        sa.Column("cures_line_id", columns.ID, nullable=True),
        sa.Column("frozen", sa.Text(), nullable=True),
        sa.Column("frozen_sha256", sa.Text(), nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id", "contract_id"],
            ["claim.id", "claim.contract_id"],
            name=op.f("fk_claim_line_claim_id_contract_id_claim"),
        ),
        sa.ForeignKeyConstraint(
            ["cures_line_id"], ["claim_line.id"], name=op.f("fk_claim_line_cures_line_id_claim_line")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id", "contract_id", "provider_id"],
            ["enrolment.id", "enrolment.contract_id", "enrolment.provider_id"],
            name=op.f("fk_claim_line_enrolment_id_contract_id_provider_id_enrolment"),
        ),
        sa.ForeignKeyConstraint(
            ["entitlement_id", "contract_id"],
            ["entitlement.id", "entitlement.contract_id"],
            name=op.f("fk_claim_line_entitlement_id_contract_id_entitlement"),
        ),
        sa.ForeignKeyConstraint(
            ["participant_id", "contract_id"],
            ["participant.id", "participant.contract_id"],
            name=op.f("fk_claim_line_participant_id_contract_id_participant"),
        ),
        sa.ForeignKeyConstraint(["rate_id"], ["rate.id"], name=op.f("fk_claim_line_rate_id_rate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_line")),
        sa.UniqueConstraint("claim_id", "position", name=op.f("uq_claim_line_claim_id_position")),
        sa.UniqueConstraint(
            "id", "contract_id", "provider_id", name=op.f("uq_claim_line_id_contract_id_provider_id")
        ),
    )
    op.create_index("ix_claim_line_entitlement_id", "claim_line", ["entitlement_id"], unique=False)
    op.create_index("ix_claim_line_provider_id", "claim_line", ["provider_id", "id"], unique=False)
    op.create_index(
        "uq_claim_line_once",
        "claim_line",
        ["contract_id", "participant_id", "rate_code", "occurrence"],
        unique=True,
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_table(
        "contact",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("planned_at", columns.MOMENT, nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["id", "contract_id", "provider_id"],
            ["record.id", "record.contract_id", "record.provider_id"],
            name=op.f("fk_contact_id_contract_id_provider_id_record"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_table(
        "employment",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("weekly_minutes", sa.Integer(), nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["id", "contract_id", "provider_id"],
            ["record.id", "record.contract_id", "record.provider_id"],
            name=op.f("fk_employment_id_contract_id_provider_id_record"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment")),
    )
    op.create_table(
        "ending",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["id", "contract_id", "provider_id"],
            ["record.id", "record.contract_id", "record.provider_id"],
            name=op.f("fk_ending_id_contract_id_provider_id_record"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ending")),
    )
    op.create_table(
        "evidence_item",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("subject_root_id", columns.ID, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("obtained_on", sa.Date(), nullable=False),
        sa.Column("obtained_how", sa.String(40), nullable=False),
        sa.Column("covers_from", sa.Date(), nullable=True),
        sa.Column("covers_until", sa.Date(), nullable=True),
        sa.Column("sent_sha256", sa.Text(), nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["id", "contract_id", "provider_id"],
            ["record.id", "record.contract_id", "record.provider_id"],
            name=op.f("fk_evidence_item_id_contract_id_provider_id_record"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_item")),
    )
    op.create_index(
        "ix_evidence_item_provider_id_sent_sha256",
        "evidence_item",
        ["provider_id", "sent_sha256"],
        unique=False,
    )
    op.create_index("ix_evidence_item_subject_root_id", "evidence_item", ["subject_root_id"], unique=False)
    op.create_table(
        "intervention",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("group_size", sa.Integer(), nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["id", "contract_id", "provider_id"],
            ["record.id", "record.contract_id", "record.provider_id"],
            name=op.f("fk_intervention_id_contract_id_provider_id_record"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intervention")),
    )
    op.create_table(
        "milestone",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("kind_code", sa.Text(), nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["id", "contract_id", "provider_id"],
            ["record.id", "record.contract_id", "record.provider_id"],
            name=op.f("fk_milestone_id_contract_id_provider_id_record"),
        ),
        sa.ForeignKeyConstraint(
            ["kind_code"], ["milestone_kind.code"], name=op.f("fk_milestone_kind_code_milestone_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
    )
    op.create_table(
        "record_text",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("texts", columns.JSON, nullable=False),
        sa.Column("disposed_at", columns.MOMENT, nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["id", "contract_id", "provider_id"],
            ["record.id", "record.contract_id", "record.provider_id"],
            name=op.f("fk_record_text_id_contract_id_provider_id_record"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_text")),
    )
    op.create_table(
        "start",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("notice_id", columns.ID, nullable=False),
        sa.Column("notice_given_on", sa.Date(), nullable=False),
        sa.Column("notice_manner", sa.String(40), nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["id", "contract_id", "provider_id"],
            ["record.id", "record.contract_id", "record.provider_id"],
            name=op.f("fk_start_id_contract_id_provider_id_record"),
        ),
        sa.ForeignKeyConstraint(
            ["notice_id", "contract_id"],
            ["notice.id", "notice.contract_id"],
            name=op.f("fk_start_notice_id_contract_id_notice"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_start")),
    )
    op.create_table(
        "verification",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("subject_id", columns.ID, nullable=False),
        sa.Column("subject_root_id", columns.ID, nullable=False),
        sa.Column("decision", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("is_outside", sa.Boolean(), nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["id", "contract_id", "provider_id"],
            ["record.id", "record.contract_id", "record.provider_id"],
            name=op.f("fk_verification_id_contract_id_provider_id_record"),
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["record.id"], name=op.f("fk_verification_subject_id_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
    )
    op.create_index("ix_verification_subject_root_id", "verification", ["subject_root_id"], unique=False)
    op.create_table(
        "claim_line_record",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("line_id", columns.ID, nullable=False),
        sa.Column("rate_code", sa.Text(), nullable=False),
        sa.Column("record_id", columns.ID, nullable=False),
        sa.Column("root_id", columns.ID, nullable=False),
        sa.Column("is_consumed", sa.Boolean(), nullable=False),
        sa.Column("released_at", columns.MOMENT, nullable=True),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id", "contract_id", "provider_id"],
            ["claim_line.id", "claim_line.contract_id", "claim_line.provider_id"],
            name=op.f("fk_claim_line_record_line_id_contract_id_provider_id_claim_line"),
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name=op.f("fk_claim_line_record_record_id_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_line_record")),
    )
    op.create_index("ix_claim_line_record_line_id", "claim_line_record", ["line_id"], unique=False)
    op.create_index("ix_claim_line_record_root_id", "claim_line_record", ["root_id"], unique=False)
    op.create_index(
        "uq_claim_line_record_consumed",
        "claim_line_record",
        ["contract_id", "rate_code", "root_id"],
        unique=True,
        sqlite_where=sa.text("released_at IS NULL AND is_consumed"),
        postgresql_where=sa.text("released_at IS NULL AND is_consumed"),
    )
    op.create_table(
        "line_decision",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("line_id", columns.ID, nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(40), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("is_curable", sa.Boolean(), nullable=True),
        sa.Column("decided_at", columns.MOMENT, nullable=False),
        sa.Column("decided_by_id", columns.ID, nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user_account.id"], name=op.f("fk_line_decision_decided_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["line_id", "contract_id", "provider_id"],
            ["claim_line.id", "claim_line.contract_id", "claim_line.provider_id"],
            name=op.f("fk_line_decision_line_id_contract_id_provider_id_claim_line"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_decision")),
    )
    op.create_index("ix_line_decision_line_id", "line_decision", ["line_id"], unique=False)
    op.create_table(
        "line_document",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("line_id", columns.ID, nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("rendered_at", columns.MOMENT, nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id", "contract_id", "provider_id"],
            ["claim_line.id", "claim_line.contract_id", "claim_line.provider_id"],
            name=op.f("fk_line_document_line_id_contract_id_provider_id_claim_line"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_document")),
        sa.UniqueConstraint(
            "line_id",
            "content_sha256",
            "profile",
            "language",
            name=op.f("uq_line_document_line_id_content_sha256_profile_language"),
        ),
    )
    op.create_table(
        "statement_entry",
        sa.Column("contract_id", columns.ID, nullable=False),
        sa.Column("provider_id", columns.ID, nullable=False),
        sa.Column("statement_id", columns.ID, nullable=False),
        sa.Column("line_id", columns.ID, nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("provider_share_pence", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("made_at", columns.MOMENT, nullable=False),
        sa.Column("made_by_id", columns.ID, nullable=False),
        sa.Column("id", columns.ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id", "contract_id", "provider_id"],
            ["claim_line.id", "claim_line.contract_id", "claim_line.provider_id"],
            name=op.f("fk_statement_entry_line_id_contract_id_provider_id_claim_line"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user_account.id"], name=op.f("fk_statement_entry_made_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=op.f("fk_statement_entry_provider_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id", "contract_id"],
            ["statement.id", "statement.contract_id"],
            name=op.f("fk_statement_entry_statement_id_contract_id_statement"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_entry")),
        sa.UniqueConstraint("line_id", "kind", name=op.f("uq_statement_entry_line_id_kind")),
    )
    op.create_index("ix_statement_entry_provider_id", "statement_entry", ["provider_id"], unique=False)
    op.create_index("ix_statement_entry_statement_id", "statement_entry", ["statement_id"], unique=False)


def downgrade() -> None:
    """Drop every table."""
    op.drop_index("ix_statement_entry_statement_id", table_name="statement_entry")
    op.drop_index("ix_statement_entry_provider_id", table_name="statement_entry")
    op.drop_table("statement_entry")
    op.drop_table("line_document")
    op.drop_index("ix_line_decision_line_id", table_name="line_decision")
    op.drop_table("line_decision")
    op.drop_index(
        "uq_claim_line_record_consumed",
        table_name="claim_line_record",
        sqlite_where=sa.text("released_at IS NULL AND is_consumed"),
        postgresql_where=sa.text("released_at IS NULL AND is_consumed"),
    )
    op.drop_index("ix_claim_line_record_root_id", table_name="claim_line_record")
    op.drop_index("ix_claim_line_record_line_id", table_name="claim_line_record")
    op.drop_table("claim_line_record")
    op.drop_index("ix_verification_subject_root_id", table_name="verification")
    op.drop_table("verification")
    op.drop_table("start")
    op.drop_table("record_text")
    op.drop_table("milestone")
    op.drop_table("intervention")
    op.drop_index("ix_evidence_item_subject_root_id", table_name="evidence_item")
    op.drop_index("ix_evidence_item_provider_id_sent_sha256", table_name="evidence_item")
    op.drop_table("evidence_item")
    op.drop_table("ending")
    op.drop_table("employment")
    op.drop_table("contact")
    op.drop_index(
        "uq_claim_line_once",
        table_name="claim_line",
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.drop_index("ix_claim_line_provider_id", table_name="claim_line")
    op.drop_index("ix_claim_line_entitlement_id", table_name="claim_line")
    op.drop_table("claim_line")
    op.drop_index("ix_claim_exclusion_provider_id", table_name="claim_exclusion")
    op.drop_table("claim_exclusion")
    op.drop_index(
        "uq_assessment_sitting_rater",
        table_name="assessment",
        sqlite_where=sa.text("is_original"),
        postgresql_where=sa.text("is_original"),
    )
    op.drop_table("assessment")
    op.drop_table("action_plan")
    op.drop_index("ix_record_root_id", table_name="record")
    op.drop_index(
        "ix_record_provider_id_to_verify",
        table_name="record",
        sqlite_where=sa.text("kind IN ('start', 'milestone', 'employment') OR content_hash >= 'e66'"),
        postgresql_where=sa.text("kind IN ('start', 'milestone', 'employment') OR content_hash >= 'e66'"),
    )
    op.drop_index("ix_record_enrolment_id_kind", table_name="record")
    op.drop_table("record")
    op.drop_index(
        "ix_entitlement_provider_incomplete",
        table_name="entitlement",
        sqlite_where=sa.text("state = 'incomplete' AND NOT is_claimed"),
        postgresql_where=sa.text("state = 'incomplete' AND NOT is_claimed"),
    )
    op.drop_index(
        "ix_entitlement_provider_complete",
        table_name="entitlement",
        sqlite_where=sa.text("state = 'complete' AND NOT is_claimed"),
        postgresql_where=sa.text("state = 'complete' AND NOT is_claimed"),
    )
    op.drop_index(
        "ix_entitlement_incomplete",
        table_name="entitlement",
        sqlite_where=sa.text("state = 'incomplete' AND NOT is_claimed"),
        postgresql_where=sa.text("state = 'incomplete' AND NOT is_claimed"),
    )
    op.drop_index("ix_entitlement_enrolment_id", table_name="entitlement")
    op.drop_index(
        "ix_entitlement_complete",
        table_name="entitlement",
        sqlite_where=sa.text("state = 'complete' AND NOT is_claimed"),
        postgresql_where=sa.text("state = 'complete' AND NOT is_claimed"),
    )
    op.drop_table("entitlement")
    op.drop_index("ix_enrolment_event_enrolment_id", table_name="enrolment_event")
    op.drop_table("enrolment_event")
    op.drop_index(op.f("ix_same_person_link_participant_id"), table_name="same_person_link")
    op.drop_index(op.f("ix_same_person_link_other_id"), table_name="same_person_link")
    op.drop_table("same_person_link")
    op.drop_table("restricted_viewer")
    op.drop_index("ix_person_details_contract_id_search_name", table_name="person_details")
    op.drop_index("ix_person_details_contract_id_nino_hash", table_name="person_details")
    op.drop_table("person_details")
    op.drop_index(
        "ix_enrolment_worker_live",
        table_name="enrolment",
        sqlite_where=sa.text("state IN ('referred', 'accepted', 'started', 'paused')"),
        postgresql_where=sa.text("state IN ('referred', 'accepted', 'started', 'paused')"),
    )
    op.drop_index(
        "ix_enrolment_provider_live",
        table_name="enrolment",
        sqlite_where=sa.text("state IN ('referred', 'accepted', 'started', 'paused')"),
        postgresql_where=sa.text("state IN ('referred', 'accepted', 'started', 'paused')"),
    )
    op.drop_index(
        "ix_enrolment_provider_closed",
        table_name="enrolment",
        sqlite_where=sa.text("state NOT IN ('referred', 'accepted', 'started', 'paused')"),
        postgresql_where=sa.text("state NOT IN ('referred', 'accepted', 'started', 'paused')"),
    )
    op.drop_index("ix_enrolment_participant_id", table_name="enrolment")
    op.drop_index(
        "ix_enrolment_contract_due",
        table_name="enrolment",
        sqlite_where=sa.text("entitlements_due"),
        postgresql_where=sa.text("entitlements_due"),
    )
    op.drop_table("enrolment")
    op.drop_index(
        "uq_adviser_assignment_live",
        table_name="adviser_assignment",
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.drop_index(
        "ix_adviser_assignment_user_id_live",
        table_name="adviser_assignment",
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.drop_table("adviser_assignment")
    op.drop_table("remittance")
    op.drop_index(
        "ix_participant_restricted",
        table_name="participant",
        sqlite_where=sa.text("is_restricted = 1"),
        postgresql_where=sa.text("is_restricted"),
    )
    op.drop_table("participant")
    op.drop_index(op.f("ix_export_asked_by_id"), table_name="export")
    op.drop_table("export")
    op.drop_table("card_application")
    op.drop_index("ix_verification_request_verifier_id", table_name="verification_request")
    op.drop_table("verification_request")
    op.drop_index(op.f("ix_subcontract_provider_id"), table_name="subcontract")
    op.drop_table("subcontract")
    op.drop_table("statement")
    op.drop_table("referral_import")
    op.drop_table("payment_group")
    op.drop_table("notice")
    op.drop_table("claim")
    op.drop_index("ix_sign_in_session_user_id", table_name="sign_in_session")
    op.drop_table("sign_in_session")
    op.drop_table("rate")
    op.drop_table("ladder")
    op.drop_index(op.f("ix_contract_prime_id"), table_name="contract")
    op.drop_index(op.f("ix_contract_commissioner_id"), table_name="contract")
    op.drop_table("contract")
    op.drop_table("upload")
    op.drop_table("stored_file")
    op.drop_table("rate_card")
    op.drop_table("package_area")
    op.drop_index(op.f("ix_membership_organisation_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index(
        "uq_job_key_waiting",
        table_name="job",
        sqlite_where=sa.text("state IN ('waiting', 'running')"),
        postgresql_where=sa.text("state IN ('waiting', 'running')"),
    )
    op.drop_index(
        "ix_job_due",
        table_name="job",
        sqlite_where=sa.text("state IN ('waiting', 'running')"),
        postgresql_where=sa.text("state IN ('waiting', 'running')"),
    )
    op.drop_table("job")
    op.drop_index(op.f("ix_invitation_organisation_id"), table_name="invitation")
    op.drop_table("invitation")
    op.drop_table("instrument")
    op.drop_index(
        "ix_device_organisation_id_live",
        table_name="device",
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.drop_table("device")
    op.drop_table("organisation")
    op.drop_table("user_account")
    op.drop_table("sign_in_throttle")
    op.drop_table("milestone_kind")
    op.drop_index("ix_audit_event_organisation_id_at", table_name="audit_event")
    op.drop_index("ix_audit_event_enrolment_id_at", table_name="audit_event")
    op.drop_table("audit_event")
