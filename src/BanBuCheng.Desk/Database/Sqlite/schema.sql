CREATE TABLE "__EFMigrationsHistory" (
    "migration_id" TEXT NOT NULL CONSTRAINT "pk___ef_migrations_history" PRIMARY KEY,
    "product_version" TEXT NOT NULL
);

CREATE TABLE "agency_steps" (
    "id" BLOB NOT NULL CONSTRAINT "pk_agency_steps" PRIMARY KEY,
    "case_id" BLOB NOT NULL,
    "authorisation_id" BLOB NOT NULL,
    "agent" TEXT NOT NULL,
    "applicant" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "at" INTEGER NOT NULL
);


CREATE TABLE "agenda_items" (
    "id" BLOB NOT NULL CONSTRAINT "pk_agenda_items" PRIMARY KEY,
    "case_id" BLOB NOT NULL,
    "reason" TEXT NOT NULL,
    "raised_at" INTEGER NOT NULL,
    "meeting_id" BLOB NULL,
    "decided_at" INTEGER NULL,
    "outcome" TEXT NULL
);


CREATE TABLE "attachment_contents" (
    "id" BLOB NOT NULL CONSTRAINT "pk_attachment_contents" PRIMARY KEY,
    "bytes" BLOB NOT NULL
);


CREATE TABLE "bottleneck_cases" (
    "bottleneck_id" BLOB NOT NULL,
    "case_id" BLOB NOT NULL,
    "call_back_at" INTEGER NULL,
    CONSTRAINT "pk_bottleneck_cases" PRIMARY KEY ("bottleneck_id", "case_id")
);


CREATE TABLE "calendar_changes" (
    "id" BLOB NOT NULL CONSTRAINT "pk_calendar_changes" PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "notice_number" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "proposed_by_login" TEXT NOT NULL,
    "proposed_by" TEXT NOT NULL,
    "proposed_at" INTEGER NOT NULL,
    "decided_by" TEXT NULL,
    "decided_at" INTEGER NULL,
    "undo_asked_by_login" TEXT NULL,
    "undo_asked_by" TEXT NULL,
    "undo_reason" TEXT NULL,
    "undone_by" TEXT NULL,
    "undone_at" INTEGER NULL,
    "version" INTEGER NOT NULL
);


CREATE TABLE "calendar_versions" (
    "number" INTEGER NOT NULL CONSTRAINT "pk_calendar_versions" PRIMARY KEY,
    "change_id" BLOB NOT NULL,
    "adds" INTEGER NOT NULL,
    "decided_by" TEXT NOT NULL,
    "at" INTEGER NOT NULL
);


CREATE TABLE "case_attachments" (
    "id" BLOB NOT NULL CONSTRAINT "pk_case_attachments" PRIMARY KEY,
    "key" BLOB NOT NULL,
    "case_id" BLOB NULL,
    "file_name" BLOB NOT NULL,
    "media_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" BLOB NOT NULL,
    "scan" TEXT NOT NULL,
    "kept_by_login" TEXT NOT NULL,
    "kept_by" TEXT NOT NULL,
    "kept_at" INTEGER NOT NULL
);


CREATE TABLE "case_authorisations" (
    "id" BLOB NOT NULL CONSTRAINT "pk_case_authorisations" PRIMARY KEY,
    "case_id" BLOB NOT NULL,
    "agent_name" BLOB NOT NULL,
    "masked_agent" TEXT NOT NULL,
    "agent_phone" BLOB NULL,
    "masked_agent_phone" TEXT NOT NULL,
    "relation" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "until" TEXT NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" INTEGER NOT NULL,
    "revoked_at" INTEGER NULL,
    "revoked_by" TEXT NULL,
    "version" INTEGER NOT NULL
);


CREATE TABLE "case_clusters" (
    "id" BLOB NOT NULL CONSTRAINT "pk_case_clusters" PRIMARY KEY,
    "number" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "begun_by" TEXT NOT NULL,
    "begun_at" INTEGER NOT NULL,
    "study" TEXT NOT NULL,
    "version" INTEGER NOT NULL
);


CREATE TABLE "case_consultations" (
    "id" BLOB NOT NULL CONSTRAINT "pk_case_consultations" PRIMARY KEY,
    "case_id" BLOB NOT NULL,
    "unit" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "on" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" INTEGER NOT NULL
);


CREATE TABLE "case_documents" (
    "id" BLOB NOT NULL CONSTRAINT "pk_case_documents" PRIMARY KEY,
    "case_id" BLOB NOT NULL,
    "title" TEXT NOT NULL,
    "document_number" TEXT NOT NULL,
    "issuing_unit" TEXT NOT NULL,
    "filed_with" TEXT NULL,
    "receipt_number" TEXT NULL,
    "added_by" TEXT NOT NULL,
    "added_at" INTEGER NOT NULL
);


CREATE TABLE "case_journal" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_case_journal" PRIMARY KEY AUTOINCREMENT,
    "case_id" BLOB NOT NULL,
    "sequence" INTEGER NOT NULL,
    "at" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_login" TEXT NOT NULL,
    "facts" TEXT NOT NULL,
    "hash" BLOB NOT NULL
);


CREATE TABLE "case_lates" (
    "id" BLOB NOT NULL CONSTRAINT "pk_case_lates" PRIMARY KEY,
    "case_id" BLOB NOT NULL,
    "unit_code" TEXT NOT NULL,
    "on" TEXT NOT NULL,
    "due_on" TEXT NULL,
    "at" INTEGER NOT NULL,
    "reason" TEXT NULL,
    "reply_by" TEXT NULL,
    "explained_by" TEXT NULL,
    "explained_at" INTEGER NULL
);


CREATE TABLE "case_notes" (
    "id" BLOB NOT NULL CONSTRAINT "pk_case_notes" PRIMARY KEY,
    "case_id" BLOB NOT NULL,
    "text" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "at" INTEGER NOT NULL
);


CREATE TABLE "case_notices" (
    "id" BLOB NOT NULL CONSTRAINT "pk_case_notices" PRIMARY KEY,
    "case_id" BLOB NOT NULL,
    "kind" TEXT NOT NULL,
    "outcome" TEXT NULL,
    "text" TEXT NOT NULL,
    "sms_id" BLOB NULL,
    "needs_person" INTEGER NOT NULL,
    "details" TEXT NULL,
    "issued_by" TEXT NOT NULL,
    "issued_at" INTEGER NOT NULL,
    "withdrawn" INTEGER NOT NULL,
    "delivered_at" INTEGER NULL,
    "delivered_by" TEXT NULL,
    "delivered_by_name" TEXT NULL,
    "delivery_note" TEXT NULL,
    "version" INTEGER NOT NULL
);


CREATE TABLE "case_pauses" (
    "id" BLOB NOT NULL CONSTRAINT "pk_case_pauses" PRIMARY KEY,
    "case_id" BLOB NOT NULL,
    "from" TEXT NOT NULL,
    "until" TEXT NULL,
    "reason" TEXT NOT NULL
);


CREATE TABLE "case_praises" (
    "id" BLOB NOT NULL CONSTRAINT "pk_case_praises" PRIMARY KEY,
    "case_id" BLOB NOT NULL,
    "text" TEXT NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "at" INTEGER NOT NULL
);


CREATE TABLE "case_reclasses" (
    "id" BLOB NOT NULL CONSTRAINT "pk_case_reclasses" PRIMARY KEY,
    "case_id" BLOB NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "old_due" TEXT NULL,
    "new_due" TEXT NOT NULL,
    "asked_by" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    "approved_by" TEXT NULL,
    "approved_at" INTEGER NULL
);


CREATE TABLE "case_returns" (
    "id" BLOB NOT NULL CONSTRAINT "pk_case_returns" PRIMARY KEY,
    "case_id" BLOB NOT NULL,
    "from_unit" TEXT NOT NULL,
    "proposed_unit" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "returned_by" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    "decided_unit" TEXT NULL,
    "decided_by" TEXT NULL,
    "decided_at" INTEGER NULL
);


CREATE TABLE "case_serials" (
    "day" TEXT NOT NULL CONSTRAINT "pk_case_serials" PRIMARY KEY,
    "last" INTEGER NOT NULL
);


CREATE TABLE "case_supplements" (
    "id" BLOB NOT NULL CONSTRAINT "pk_case_supplements" PRIMARY KEY,
    "case_id" BLOB NOT NULL,
    "number" INTEGER NOT NULL,
    "items" TEXT NOT NULL,
    "wanted_by" TEXT NOT NULL,
    "reason" TEXT NULL,
    "asked_by" TEXT NOT NULL,
    "asked_at" INTEGER NOT NULL
);


CREATE TABLE "case_visits" (
    "id" BLOB NOT NULL CONSTRAINT "pk_case_visits" PRIMARY KEY,
    "case_id" BLOB NOT NULL,
    "round" INTEGER NOT NULL,
    "solved" TEXT NOT NULL,
    "satisfaction" TEXT NULL,
    "words" TEXT NULL,
    "visited_by" TEXT NULL,
    "at" INTEGER NOT NULL
);


CREATE TABLE "cases" (
    "id" BLOB NOT NULL CONSTRAINT "pk_cases" PRIMARY KEY,
    "number" TEXT NOT NULL,
    "query_code_hash" BLOB NOT NULL,
    "submission_key" BLOB NOT NULL,
    "subject" TEXT NOT NULL,
    "story" TEXT NOT NULL,
    "original_item" TEXT NOT NULL,
    "original_window" TEXT NOT NULL,
    "visits_before" INTEGER NOT NULL,
    "applicant_kind" TEXT NOT NULL,
    "applicant_name" BLOB NOT NULL,
    "masked_name" TEXT NOT NULL,
    "phone" BLOB NOT NULL,
    "phone_index" BLOB NOT NULL,
    "masked_phone" TEXT NOT NULL,
    "id_number" BLOB NULL,
    "id_number_index" BLOB NULL,
    "care_flags" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "needed_by" TEXT NULL,
    "needed_by_reason" TEXT NOT NULL,
    "difficulty" TEXT NOT NULL,
    "first_contact" BLOB NOT NULL,
    "first_contact_name" TEXT NOT NULL,
    "first_contact_phone" TEXT NOT NULL,
    "window_unit_code" TEXT NOT NULL,
    "accepted_at" INTEGER NOT NULL,
    "accepted_on" TEXT NOT NULL,
    "entered_at" INTEGER NOT NULL,
    "backdate_reason" TEXT NOT NULL,
    "handed_over" INTEGER NOT NULL,
    "about" TEXT NOT NULL,
    "related_to" BLOB NULL,
    "state" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "clock" TEXT NOT NULL,
    "due_on" TEXT NULL,
    "due_is_provisional" INTEGER NOT NULL,
    "limit_working_days" INTEGER NOT NULL,
    "extended_by" INTEGER NOT NULL,
    "calendar_version" INTEGER NOT NULL,
    "paused_on" TEXT NULL,
    "paused_until" TEXT NULL,
    "pause_reason" TEXT NULL,
    "policy_attribute" TEXT NULL,
    "cause_codes" TEXT NOT NULL,
    "legal_finding" TEXT NULL,
    "legal_clauses" TEXT NULL,
    "risk" TEXT NULL,
    "risk_text" TEXT NULL,
    "lead_unit" TEXT NULL,
    "assisting_units" TEXT NOT NULL,
    "reply_owed" INTEGER NOT NULL,
    "outcome" TEXT NULL,
    "replied_at" INTEGER NULL,
    "open_part" TEXT NULL,
    "open_part_on" TEXT NULL,
    "open_part_owner" TEXT NULL,
    "closed_at" INTEGER NULL,
    "journal_salt" BLOB NOT NULL,
    "journal_count" INTEGER NOT NULL,
    "journal_head" BLOB NOT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "ck_cases_closed_has_reply" CHECK (state <> 'Closed' OR (replied_at IS NOT NULL AND outcome IS NOT NULL))
);


CREATE TABLE "cluster_members" (
    "id" BLOB NOT NULL CONSTRAINT "pk_cluster_members" PRIMARY KEY,
    "cluster_id" BLOB NOT NULL,
    "case_id" BLOB NOT NULL,
    "situation" TEXT NOT NULL,
    "joined_at" INTEGER NOT NULL,
    "left_at" INTEGER NULL,
    "left_because" TEXT NULL
);


CREATE TABLE "committee_meetings" (
    "id" BLOB NOT NULL CONSTRAINT "pk_committee_meetings" PRIMARY KEY,
    "number" TEXT NOT NULL,
    "on" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "called_by" TEXT NOT NULL,
    "called_at" INTEGER NOT NULL,
    "present" TEXT NOT NULL,
    "closed_at" INTEGER NULL,
    "closed_by" TEXT NULL,
    "version" INTEGER NOT NULL
);


CREATE TABLE "companion_steps" (
    "id" BLOB NOT NULL CONSTRAINT "pk_companion_steps" PRIMARY KEY,
    "case_id" BLOB NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "planned_on" TEXT NOT NULL,
    "companion" TEXT NOT NULL,
    "planned_at" INTEGER NOT NULL,
    "done_at" INTEGER NULL,
    "done_by" TEXT NULL,
    "result" TEXT NULL
);


CREATE TABLE "data_protection_keys" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_data_protection_keys" PRIMARY KEY AUTOINCREMENT,
    "friendly_name" TEXT NULL,
    "xml" TEXT NULL
);


CREATE TABLE "decision_items" (
    "id" BLOB NOT NULL CONSTRAINT "pk_decision_items" PRIMARY KEY,
    "meeting_id" BLOB NOT NULL,
    "case_id" BLOB NOT NULL,
    "code" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "unit_code" TEXT NOT NULL,
    "due_on" TEXT NOT NULL
);


CREATE TABLE "desk_facts" (
    "name" TEXT NOT NULL CONSTRAINT "pk_desk_facts" PRIMARY KEY,
    "value" TEXT NOT NULL
);


CREATE TABLE "dispatch_rules" (
    "id" BLOB NOT NULL CONSTRAINT "pk_dispatch_rules" PRIMARY KEY,
    "item" TEXT NOT NULL,
    "item_key" TEXT NOT NULL,
    "unit_code" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "case_number" TEXT NULL,
    "set_by" TEXT NOT NULL,
    "set_at" INTEGER NOT NULL,
    "ended_by" TEXT NULL,
    "ended_at" INTEGER NULL,
    "ended_why" TEXT NULL,
    "version" INTEGER NOT NULL
);


CREATE TABLE "flow_acts" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_flow_acts" PRIMARY KEY AUTOINCREMENT,
    "definition_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "from_version" INTEGER NULL,
    "to_version" INTEGER NULL,
    "reason" TEXT NOT NULL,
    "actor_login" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "at" INTEGER NOT NULL
);


CREATE TABLE "flow_definitions" (
    "version_id" TEXT NOT NULL CONSTRAINT "pk_flow_definitions" PRIMARY KEY,
    "definition_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NULL,
    "kind" TEXT NULL,
    "document" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "is_latest" INTEGER NOT NULL,
    "is_published" INTEGER NOT NULL,
    "usable_as_activity" INTEGER NOT NULL,
    "origin" TEXT NOT NULL,
    "created_at" TEXT NOT NULL
);


CREATE TABLE "flow_inbox" (
    "id" TEXT NOT NULL CONSTRAINT "pk_flow_inbox" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "correlation_id" TEXT NULL,
    "instance_id" TEXT NULL,
    "input" TEXT NULL,
    "created_at" TEXT NOT NULL,
    "keep_until" TEXT NOT NULL
);


CREATE TABLE "flow_incidents" (
    "id" TEXT NOT NULL CONSTRAINT "pk_flow_incidents" PRIMARY KEY,
    "instance_id" TEXT NOT NULL,
    "activity_id" TEXT NOT NULL,
    "node_path" TEXT NOT NULL,
    "execution" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "details" TEXT NULL,
    "at" TEXT NOT NULL,
    "resolved_at" TEXT NULL,
    "resolution" TEXT NULL
);


CREATE TABLE "flow_instances" (
    "no" INTEGER NOT NULL CONSTRAINT "pk_flow_instances" PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "definition_id" TEXT NOT NULL,
    "definition_version_id" TEXT NOT NULL,
    "definition_version" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "correlation_id" TEXT NULL,
    "name" TEXT NULL,
    "parent_id" TEXT NULL,
    "status" TEXT NOT NULL,
    "sub_status" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL,
    "finished_at" TEXT NULL,
    "state" TEXT NOT NULL,
    "outputs" TEXT NULL,
    "open_incidents" INTEGER NOT NULL,
    "journal_length" INTEGER NOT NULL
);


CREATE TABLE "flow_log" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_flow_log" PRIMARY KEY AUTOINCREMENT,
    "instance_no" INTEGER NOT NULL,
    "first_seq" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
    "data" TEXT NOT NULL
);


CREATE TABLE "flow_sources" (
    "file_name" TEXT NOT NULL CONSTRAINT "pk_flow_sources" PRIMARY KEY,
    "hash" TEXT NOT NULL,
    "definition_id" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "imported_at" TEXT NOT NULL
);


CREATE TABLE "flow_triggers" (
    "id" TEXT NOT NULL CONSTRAINT "pk_flow_triggers" PRIMARY KEY,
    "definition_id" TEXT NOT NULL,
    "definition_version_id" TEXT NOT NULL,
    "activity_id" TEXT NOT NULL,
    "node_path" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "payload" TEXT NULL,
    "due_at" TEXT NULL,
    "interval_ticks" INTEGER NULL,
    "cron" TEXT NULL,
    "leased_until" TEXT NULL
);


CREATE TABLE "flow_waits" (
    "id" TEXT NOT NULL CONSTRAINT "pk_flow_waits" PRIMARY KEY,
    "instance_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "payload" TEXT NULL,
    "activity_id" TEXT NOT NULL,
    "node_path" TEXT NOT NULL,
    "execution" INTEGER NOT NULL,
    "due_at" TEXT NULL,
    "leased_until" TEXT NULL,
    "tag" TEXT NULL,
    "details" TEXT NULL,
    "created_at" TEXT NOT NULL
);


CREATE TABLE "inbox_tasks" (
    "id" BLOB NOT NULL CONSTRAINT "pk_inbox_tasks" PRIMARY KEY,
    "case_id" BLOB NOT NULL,
    "instance_id" BLOB NOT NULL,
    "activity_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "instructions" TEXT NOT NULL,
    "form_hash" TEXT NULL,
    "outcomes" TEXT NOT NULL,
    "assigned_role" TEXT NULL,
    "assigned_unit" TEXT NULL,
    "assigned_person" TEXT NULL,
    "excluded" TEXT NULL,
    "holder_login" TEXT NULL,
    "holder_name" TEXT NULL,
    "held_at" INTEGER NULL,
    "round" INTEGER NOT NULL,
    "within_days" INTEGER NULL,
    "due_on" TEXT NULL,
    "due_at" INTEGER NULL,
    "sort_at" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "opened_at" INTEGER NOT NULL,
    "ended_at" INTEGER NULL,
    "done_by_login" TEXT NULL,
    "done_by_name" TEXT NULL,
    "outcome" TEXT NULL,
    "answer" TEXT NULL,
    "version" INTEGER NOT NULL
);


CREATE TABLE "journal_checkpoints" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_journal_checkpoints" PRIMARY KEY AUTOINCREMENT,
    "at" INTEGER NOT NULL,
    "cases" INTEGER NOT NULL,
    "heads" BLOB NOT NULL,
    "hash" BLOB NOT NULL
);


CREATE TABLE "meeting_invitations" (
    "id" BLOB NOT NULL CONSTRAINT "pk_meeting_invitations" PRIMARY KEY,
    "meeting_id" BLOB NOT NULL,
    "unit_code" TEXT NOT NULL,
    "said" TEXT NOT NULL,
    "who" TEXT NULL,
    "why" TEXT NULL,
    "said_by" TEXT NULL,
    "said_at" INTEGER NULL,
    "came" TEXT NULL,
    "version" INTEGER NOT NULL
);


CREATE TABLE "office_units" (
    "code" TEXT NOT NULL CONSTRAINT "pk_office_units" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "order" INTEGER NOT NULL,
    "active" INTEGER NOT NULL
);


CREATE TABLE "on_site_answers" (
    "id" BLOB NOT NULL CONSTRAINT "pk_on_site_answers" PRIMARY KEY,
    "submission_key" BLOB NOT NULL,
    "number" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "basis" TEXT NULL,
    "basis_key" TEXT NULL,
    "outdated_at" INTEGER NULL,
    "outdated_by" TEXT NULL,
    "seconds" INTEGER NOT NULL,
    "unit_code" TEXT NOT NULL,
    "by_login" TEXT NOT NULL,
    "by_name" TEXT NOT NULL,
    "at" INTEGER NOT NULL
);


CREATE TABLE "outgoing_sms" (
    "id" BLOB NOT NULL CONSTRAINT "pk_outgoing_sms" PRIMARY KEY,
    "case_id" BLOB NOT NULL,
    "template" TEXT NOT NULL,
    "phone" BLOB NOT NULL,
    "masked_phone" TEXT NOT NULL,
    "parameters" BLOB NOT NULL,
    "state" TEXT NOT NULL,
    "queued_at" INTEGER NOT NULL,
    "next_attempt_at" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL,
    "leased_until" INTEGER NULL,
    "gateway_reference" TEXT NULL,
    "failure_code" TEXT NULL,
    "handed_over_at" INTEGER NULL,
    "reported_at" INTEGER NULL
);


CREATE TABLE "policy_bottlenecks" (
    "id" BLOB NOT NULL CONSTRAINT "pk_policy_bottlenecks" PRIMARY KEY,
    "number" TEXT NOT NULL,
    "clause" TEXT NOT NULL,
    "clause_key" TEXT NOT NULL,
    "conflict" TEXT NOT NULL,
    "proposal" TEXT NOT NULL,
    "owner_unit" TEXT NULL,
    "addressee" TEXT NOT NULL,
    "review_on" TEXT NULL,
    "state" TEXT NOT NULL,
    "found_at" INTEGER NOT NULL,
    "changed_at" INTEGER NULL,
    "changed_to" TEXT NULL,
    "version" INTEGER NOT NULL
);


CREATE TABLE "policy_versions" (
    "number" INTEGER NOT NULL CONSTRAINT "pk_policy_versions" PRIMARY KEY,
    "content" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "changed_at" INTEGER NOT NULL
);


CREATE TABLE "solution_attempts" (
    "id" BLOB NOT NULL CONSTRAINT "pk_solution_attempts" PRIMARY KEY,
    "case_id" BLOB NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "proposed_by" TEXT NOT NULL,
    "proposed_by_unit" TEXT NOT NULL,
    "proposed_at" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "objection" TEXT NULL,
    "objector" TEXT NULL,
    "objection_basis" TEXT NULL,
    "decided_at" INTEGER NULL
);


CREATE TABLE "staff_notices" (
    "id" BLOB NOT NULL CONSTRAINT "pk_staff_notices" PRIMARY KEY,
    "case_id" BLOB NOT NULL,
    "to" BLOB NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    "seen_at" INTEGER NULL
);


CREATE TABLE "task_drafts" (
    "key" BLOB NOT NULL,
    "login" TEXT NOT NULL,
    "content" BLOB NOT NULL,
    "revision" INTEGER NOT NULL,
    "saved_at" INTEGER NOT NULL,
    CONSTRAINT "pk_task_drafts" PRIMARY KEY ("key", "login")
);


CREATE TABLE "task_forms" (
    "hash" TEXT NOT NULL CONSTRAINT "pk_task_forms" PRIMARY KEY,
    "schema" TEXT NOT NULL
);


CREATE TABLE "staff" (
    "id" BLOB NOT NULL CONSTRAINT "pk_staff" PRIMARY KEY,
    "login" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "unit_code" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "roles" TEXT NOT NULL,
    "active" INTEGER NOT NULL,
    "password_hash" TEXT NULL,
    "must_change_password" INTEGER NOT NULL,
    "failed_sign_ins" INTEGER NOT NULL,
    "locked_until" INTEGER NULL,
    "security_stamp" INTEGER NOT NULL,
    CONSTRAINT "fk_staff_office_units_unit_code" FOREIGN KEY ("unit_code") REFERENCES "office_units" ("code") ON DELETE RESTRICT
);


CREATE INDEX "ix_agency_steps_case_id" ON "agency_steps" ("case_id");


CREATE INDEX "ix_agenda_items_case_id" ON "agenda_items" ("case_id");


CREATE INDEX "ix_agenda_items_meeting_id" ON "agenda_items" ("meeting_id");


CREATE INDEX "ix_bottleneck_cases_case_id" ON "bottleneck_cases" ("case_id");


CREATE INDEX "ix_case_attachments_case_id" ON "case_attachments" ("case_id");


CREATE INDEX "ix_case_attachments_key_kept_at" ON "case_attachments" ("key", "kept_at");


CREATE INDEX "ix_case_authorisations_case_id" ON "case_authorisations" ("case_id");


CREATE UNIQUE INDEX "ix_case_clusters_number" ON "case_clusters" ("number");


CREATE INDEX "ix_case_consultations_case_id" ON "case_consultations" ("case_id");


CREATE INDEX "ix_case_documents_case_id" ON "case_documents" ("case_id");


CREATE UNIQUE INDEX "ix_case_journal_case_id_sequence" ON "case_journal" ("case_id", "sequence");


CREATE INDEX "ix_case_lates_case_id" ON "case_lates" ("case_id");


CREATE INDEX "ix_case_lates_unit_code_on" ON "case_lates" ("unit_code", "on");


CREATE INDEX "ix_case_notes_case_id" ON "case_notes" ("case_id");


CREATE INDEX "ix_case_notices_case_id" ON "case_notices" ("case_id");


CREATE INDEX "ix_case_notices_sms_id" ON "case_notices" ("sms_id");


CREATE INDEX "ix_case_pauses_case_id" ON "case_pauses" ("case_id");


CREATE INDEX "ix_case_praises_case_id" ON "case_praises" ("case_id");


CREATE INDEX "ix_case_reclasses_case_id" ON "case_reclasses" ("case_id");


CREATE UNIQUE INDEX "ix_case_returns_case_id_from_unit" ON "case_returns" ("case_id", "from_unit");


CREATE INDEX "ix_case_returns_from_unit_at" ON "case_returns" ("from_unit", "at");


CREATE UNIQUE INDEX "ix_case_supplements_case_id_number" ON "case_supplements" ("case_id", "number");


CREATE INDEX "ix_case_visits_at" ON "case_visits" ("at");


CREATE UNIQUE INDEX "ix_case_visits_case_id_round" ON "case_visits" ("case_id", "round");


CREATE INDEX "ix_cases_accepted_at_id_subject" ON "cases" ("accepted_at", "id", "subject");


CREATE INDEX "ix_cases_first_contact_state_due_on_id" ON "cases" ("first_contact", "state", "due_on", "id");


CREATE INDEX "ix_cases_id_number_index" ON "cases" ("id_number_index");


CREATE UNIQUE INDEX "ix_cases_number" ON "cases" ("number");


CREATE INDEX "ix_cases_open_part_on_id" ON "cases" ("open_part_on", "id") WHERE open_part_on IS NOT NULL;


CREATE INDEX "ix_cases_paused_until" ON "cases" ("paused_until") WHERE paused_until IS NOT NULL;


CREATE INDEX "ix_cases_phone_index" ON "cases" ("phone_index");


CREATE INDEX "ix_cases_state_calendar_version" ON "cases" ("state", "calendar_version");


CREATE INDEX "ix_cases_state_due_on_id" ON "cases" ("state", "due_on", "id");


CREATE UNIQUE INDEX "ix_cases_submission_key" ON "cases" ("submission_key");


CREATE INDEX "ix_cluster_members_case_id" ON "cluster_members" ("case_id");


CREATE INDEX "ix_cluster_members_cluster_id" ON "cluster_members" ("cluster_id");


CREATE UNIQUE INDEX "ix_committee_meetings_number" ON "committee_meetings" ("number");


CREATE INDEX "ix_committee_meetings_on" ON "committee_meetings" ("on");


CREATE UNIQUE INDEX "ix_companion_steps_case_id_number" ON "companion_steps" ("case_id", "number");


CREATE INDEX "ix_decision_items_case_id" ON "decision_items" ("case_id");


CREATE UNIQUE INDEX "ix_decision_items_code" ON "decision_items" ("code");


CREATE INDEX "ix_decision_items_meeting_id" ON "decision_items" ("meeting_id");


CREATE UNIQUE INDEX "ix_dispatch_rules_item_key" ON "dispatch_rules" ("item_key") WHERE ended_at IS NULL;


CREATE INDEX "ix_dispatch_rules_item_key_set_at" ON "dispatch_rules" ("item_key", "set_at");


CREATE INDEX "ix_dispatch_rules_set_at" ON "dispatch_rules" ("set_at");


CREATE INDEX "ix_flow_acts_definition_id" ON "flow_acts" ("definition_id");


CREATE UNIQUE INDEX "ux_flow_definitions_version" ON "flow_definitions" ("definition_id", "version");


CREATE INDEX "ix_flow_inbox_hash" ON "flow_inbox" ("hash");


CREATE INDEX "ix_flow_inbox_keep_until" ON "flow_inbox" ("keep_until");


CREATE INDEX "ix_flow_incidents_instance" ON "flow_incidents" ("instance_id");


CREATE INDEX "ix_flow_incidents_open" ON "flow_incidents" ("at") WHERE resolved_at IS NULL;


CREATE INDEX "ix_flow_instances_correlation" ON "flow_instances" ("correlation_id");


CREATE INDEX "ix_flow_instances_incidents" ON "flow_instances" ("open_incidents") WHERE open_incidents > 0;


CREATE INDEX "ix_flow_instances_parent" ON "flow_instances" ("parent_id") WHERE parent_id IS NOT NULL;


CREATE INDEX "ix_flow_instances_running" ON "flow_instances" ("definition_id") WHERE status = 'Running';


CREATE UNIQUE INDEX "ux_flow_instances_id" ON "flow_instances" ("id");


CREATE UNIQUE INDEX "ux_flow_log_seq" ON "flow_log" ("instance_no", "first_seq");


CREATE INDEX "ix_flow_triggers_definition" ON "flow_triggers" ("definition_id");


CREATE INDEX "ix_flow_triggers_due" ON "flow_triggers" ("due_at", "id") WHERE due_at IS NOT NULL;


CREATE INDEX "ix_flow_triggers_hash" ON "flow_triggers" ("hash");


CREATE INDEX "ix_flow_waits_due" ON "flow_waits" ("due_at", "id") WHERE due_at IS NOT NULL;


CREATE INDEX "ix_flow_waits_hash" ON "flow_waits" ("hash");


CREATE INDEX "ix_flow_waits_instance" ON "flow_waits" ("instance_id");


CREATE INDEX "ix_inbox_tasks_assigned_person_case_id" ON "inbox_tasks" ("assigned_person", "case_id") WHERE assigned_person IS NOT NULL;


CREATE INDEX "ix_inbox_tasks_assigned_role_sort_at_id" ON "inbox_tasks" ("assigned_role", "sort_at", "id") WHERE state = 'Open' AND assigned_role IS NOT NULL;


CREATE INDEX "ix_inbox_tasks_assigned_unit_case_id" ON "inbox_tasks" ("assigned_unit", "case_id") WHERE assigned_unit IS NOT NULL;


CREATE INDEX "ix_inbox_tasks_assigned_unit_sort_at_id" ON "inbox_tasks" ("assigned_unit", "sort_at", "id") WHERE state = 'Open' AND assigned_unit IS NOT NULL;


CREATE INDEX "ix_inbox_tasks_case_id" ON "inbox_tasks" ("case_id");


CREATE INDEX "ix_inbox_tasks_done_by_login_ended_at_case_id" ON "inbox_tasks" ("done_by_login", "ended_at", "case_id") WHERE done_by_login IS NOT NULL;


CREATE INDEX "ix_inbox_tasks_holder_login_sort_at_id" ON "inbox_tasks" ("holder_login", "sort_at", "id") WHERE state = 'Open';


CREATE UNIQUE INDEX "ix_meeting_invitations_meeting_id_unit_code" ON "meeting_invitations" ("meeting_id", "unit_code");


CREATE INDEX "ix_on_site_answers_basis_key" ON "on_site_answers" ("basis_key");


CREATE INDEX "ix_on_site_answers_day_at" ON "on_site_answers" ("day", "at");


CREATE UNIQUE INDEX "ix_on_site_answers_number" ON "on_site_answers" ("number");


CREATE INDEX "ix_on_site_answers_outdated_at" ON "on_site_answers" ("outdated_at");


CREATE UNIQUE INDEX "ix_on_site_answers_submission_key" ON "on_site_answers" ("submission_key");


CREATE INDEX "ix_outgoing_sms_case_id" ON "outgoing_sms" ("case_id");


CREATE INDEX "ix_outgoing_sms_queued_at_id" ON "outgoing_sms" ("queued_at", "id");


CREATE INDEX "ix_outgoing_sms_state_next_attempt_at_id" ON "outgoing_sms" ("state", "next_attempt_at", "id");


CREATE UNIQUE INDEX "ix_policy_bottlenecks_clause_key" ON "policy_bottlenecks" ("clause_key");


CREATE UNIQUE INDEX "ix_policy_bottlenecks_number" ON "policy_bottlenecks" ("number");


CREATE UNIQUE INDEX "ix_solution_attempts_case_id_number" ON "solution_attempts" ("case_id", "number");


CREATE UNIQUE INDEX "ix_staff_login" ON "staff" ("login");


CREATE INDEX "ix_staff_unit_code" ON "staff" ("unit_code");


CREATE INDEX "ix_staff_notices_case_id" ON "staff_notices" ("case_id");


CREATE INDEX "ix_staff_notices_to_seen_at_at" ON "staff_notices" ("to", "seen_at", "at");


CREATE INDEX "ix_task_drafts_saved_at" ON "task_drafts" ("saved_at");



INSERT INTO "__EFMigrationsHistory" ("migration_id", "product_version")
VALUES ('20261124024806_Initial', '10.0.14');

INSERT INTO "__EFMigrationsHistory" ("migration_id", "product_version")
VALUES ('20261125120000_DeskGrown', '10.0.14');

INSERT INTO "__EFMigrationsHistory" ("migration_id", "product_version")
VALUES ('20261125180000_DeskSettled', '10.0.14');

INSERT INTO "__EFMigrationsHistory" ("migration_id", "product_version")
VALUES ('20261125180001_CompactValues', '10.0.14');

INSERT INTO "__EFMigrationsHistory" ("migration_id", "product_version")
VALUES ('20261125200000_DeskPolished', '10.0.14');

INSERT INTO "__EFMigrationsHistory" ("migration_id", "product_version")
VALUES ('20261129170000_DispatchRules', '10.0.14');
